using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>One process of a node, from its start to its end. The release belongs to it, and not to the node.</summary>
internal sealed class NodeLife(int pid, KafkaRelease release, DateTimeOffset startedAt, Guid incarnation)
{
    public int Pid => pid;

    public KafkaRelease Release => release;

    public ReleaseProfile Profile { get; } = ReleaseProfile.Of(release);

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Names this life to the controller (BrokerRegistration).</summary>
    public Guid Incarnation => incarnation;

    /// <summary>How far its broker has come.</summary>
    public BrokerPhase Phase { get; set; }

    /// <summary>The offset of its registration; -1 before it has one.</summary>
    public long BrokerEpoch { get; set; } = -1;

    /// <summary>The last metadata record that its broker has applied: what it knows of the cluster.</summary>
    public long Applied { get; set; }

    /// <summary>Its controller listens.</summary>
    public bool HasControllerListener { get; set; }

    /// <summary>The controller has answered once that it still moves leaders away.</summary>
    public bool HasHeardOfShutdown { get; set; }

    /// <summary>Its controller takes part in the quorum.</summary>
    public bool IsVoting { get; set; }

    /// <summary>Its logs are loaded.</summary>
    public bool IsRecovered { get; set; }

    /// <summary>It was asked to stop (SIGTERM).</summary>
    public bool IsStopping { get; set; }

    /// <summary>The next application of metadata, if one is coming.</summary>
    public CoreTimer? Applying { get; set; }

    /// <summary>The next heartbeat.</summary>
    public CoreTimer? Heartbeat { get; set; }

    /// <summary>What was told of configs, with the version of the configs that it holds for.</summary>
    public Dictionary<ConfigsToldKey, (long AsOf, DescribeConfigsResponse.ResourceResult Told)> ConfigsTold { get; } = [];

    /// <summary>Who waits for its end.</summary>
    public List<Action> WhenGone { get; } = [];

    /// <summary>What is answered once the process goes on.</summary>
    public List<Action> Held { get; } = [];
}

/// <summary>The life of a broker (<c>BrokerState</c>).</summary>
internal enum BrokerPhase
{
    /// <summary>Booting, then registering and reading metadata.</summary>
    Starting,

    /// <summary>Registered and fenced: it loads its logs, and recovers those that were not closed.</summary>
    Recovery,

    /// <summary>Unfenced, and serving clients.</summary>
    Running,

    /// <summary>Asked to stop; waits until the controller has moved its leaders.</summary>
    PendingControlledShutdown,

    /// <summary>Granted: it closes its logs.</summary>
    ShuttingDown,
}

/// <summary>What was asked of configs.</summary>
/// <param name="Name">The resource; empty: any topic without overrides.</param>
/// <param name="Keys">Those that were asked for, with zeros between; null: all.</param>
internal readonly record struct ConfigsToldKey(ConfigOwner Owner, string Name, bool HasSynonyms, string? Keys);
