using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>One node's machine: it is there whether a process runs on it or not.</summary>
internal sealed class SandboxNode(NodeSpec spec)
{
    public NodeId Id => spec.Id;

    public NodeSpec Spec => spec;

    public bool IsBroker => spec.IsBroker;

    public bool IsController => spec.IsController;

    /// <summary>The release that the next start runs.</summary>
    public KafkaRelease Installed { get; set; } = spec.Release;

    /// <summary>The process; null when none runs.</summary>
    public NodeLife? Life { get; set; }

    /// <summary>The process stands still (SIGSTOP).</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The other nodes do not reach it, nor it them.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>How much longer each of its answers takes.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>How many of the next answers are lost.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>Its logs were closed when its last process ended.</summary>
    public bool WasClosedCleanly { get; set; } = true;

    /// <summary>Its <c>server.properties</c>, once somebody has asked (<see cref="NodeProperties"/>).</summary>
    public ImmutableSortedDictionary<string, string>? Properties { get; set; }

    /// <summary>As <see cref="Properties"/>, with the synonyms of the node's id.</summary>
    public IReadOnlyDictionary<string, string>? KnownProperties { get; set; }

    /// <summary>The lines that its processes wrote.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The process runs and other nodes reach it.</summary>
    public bool IsReachable => Life is not null && !IsFrozen && !IsCutOff;

    /// <summary>Its process writes a line to its log, as Kafka's own logging lays it out.</summary>
    public void Write(DateTimeOffset now, string line) => Log.Add($"[{now:yyyy-MM-dd HH:mm:ss,fff}] {line}");
}
