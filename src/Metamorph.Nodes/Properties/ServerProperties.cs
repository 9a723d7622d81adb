using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>A node's <c>server.properties</c>: what it is, as Kafka itself reads it (java.util.Properties).</summary>
/// <param name="Text">The file as it stands, for the backup.</param>
/// <param name="Values">Keys and values, escapes undone, a repeated key's last value.</param>
public sealed record ServerProperties(string Text, ImmutableSortedDictionary<string, string> Values)
{
    // Kafka's own default (QuorumConfig); the same in every release that has KRaft.
    private static readonly TimeSpan DefaultQuorumFetchTimeout = TimeSpan.FromMilliseconds(2000);

    private Parsed? parsed;

    // What is worked out of the values is neither copied nor compared with them.
    private ServerProperties(ServerProperties original) => (Text, Values) = (original.Text, original.Values);

    public string? this[string key] => Values.GetValueOrDefault(key);

    /// <summary><c>node.id</c>, or its older synonym <c>broker.id</c>; null when neither is a number.</summary>
    public NodeId? NodeId => IdOf("node.id") ?? IdOf("broker.id");

    /// <summary>Both synonyms are there and differ: Kafka would not start.</summary>
    public bool HasContradictoryIds => IdOf("node.id") is { } id && IdOf("broker.id") is { } older && id != older;

    public bool IsBroker => Roles.Contains("broker");

    public bool IsController => Roles.Contains("controller");

    /// <summary>Neither role: a node of ZooKeeper mode.</summary>
    public bool IsZooKeeperMode => Roles.Length == 0;

    public string? Rack => this["broker.rack"];

    /// <summary><c>controlled.shutdown.enable</c>, which is true unless somebody turned it off.</summary>
    public bool IsControlledShutdownEnabled =>
        !string.Equals(TrimmedOf("controlled.shutdown.enable"), "false", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>controller.quorum.fetch.timeout.ms</c>, or Kafka's default of 2 s.</summary>
    public TimeSpan QuorumFetchTimeout =>
        long.TryParse(TrimmedOf("controller.quorum.fetch.timeout.ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : DefaultQuorumFetchTimeout;

    /// <summary>Where the node keeps data: <c>log.dirs</c>, else <c>log.dir</c>, else Kafka's default; and <c>metadata.log.dir</c>.</summary>
    public ImmutableArray<string> LogDirs =>
    [
        .. ListOf("log.dirs").DefaultIfEmpty(TrimmedOf("log.dir") ?? "/tmp/kafka-logs")
            .Concat(ListOf("metadata.log.dir"))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary><c>controller.quorum.voters</c>; empty with a dynamic quorum (KIP-853).</summary>
    public ImmutableArray<QuorumVoter> QuorumVoters =>
        [.. ListOf("controller.quorum.voters").Select(VoterOf).OfType<QuorumVoter>()];

    /// <summary><c>controller.quorum.bootstrap.servers</c> (KIP-853); empty with a static quorum.</summary>
    public ImmutableArray<Endpoint> QuorumBootstrapServers =>
        [.. ListOf("controller.quorum.bootstrap.servers").Select(EndpointOf).OfType<Endpoint>()];

    /// <summary><c>listeners</c>, or Kafka's default of <c>PLAINTEXT://:9092</c>.</summary>
    public ImmutableArray<Listener> Listeners =>
        [.. ListOf("listeners").DefaultIfEmpty("PLAINTEXT://:9092").Select(ListenerOf).OfType<Listener>()];

    /// <summary><c>advertised.listeners</c>; where there are none, clients are told the listeners themselves.</summary>
    public ImmutableArray<Listener> AdvertisedListeners =>
        [.. ListOf("advertised.listeners").Select(ListenerOf).OfType<Listener>()];

    /// <summary>The listener of the controller role; null when the node is no controller or names none.</summary>
    public Listener? ControllerListener => IsController
        ? ControllerListenerNames.Select(name => Listeners.FirstOrDefault(listener => listener.Name == name))
            .FirstOrDefault(listener => listener is not null)
        : null;

    /// <summary>The listener to reach the broker by: the first in plaintext, the inter-broker one before the others.</summary>
    /// <remarks>Null when the node is a controller only. Not in plaintext when none of its listeners is.</remarks>
    public Listener? BrokerListener
    {
        get
        {
            var candidates = BrokerListeners.OrderBy(listener => IsInterBroker(listener) ? 0 : 1).ToArray();
            return candidates.FirstOrDefault(listener => listener.IsPlaintext) ?? candidates.FirstOrDefault();
        }
    }

    /// <summary>Where the controller answers.</summary>
    /// <remarks>
    /// A listener without an address of its own is looked up in <c>controller.quorum.voters</c>, then in
    /// <c>advertised.listeners</c>; failing both it is <c>localhost</c>, which is right for a node of this machine.
    /// </remarks>
    public Endpoint? ControllerEndpoint => Known.ControllerEndpoint.Value;

    /// <summary>Where the broker answers: <see cref="BrokerListener"/> as it is advertised.</summary>
    /// <remarks>A listener without an address that nobody advertises is <c>localhost</c>: right for a node of this machine.</remarks>
    public Endpoint? BrokerEndpoint => Known.BrokerEndpoint.Value;

    private ImmutableArray<string> Roles => Known.Roles;

    /// <summary>Worked out once: each look at a cluster asks every node for these.</summary>
    private Parsed Known => parsed ??= new(
        ListOf("process.roles"), new Lazy<Endpoint?>(BrokerEndpointOf), new Lazy<Endpoint?>(ControllerEndpointOf));

    private ImmutableArray<string> ControllerListenerNames =>
        [.. ListOf("controller.listener.names").Select(name => name.ToUpperInvariant())];

    private IEnumerable<Listener> BrokerListeners => IsBroker || IsZooKeeperMode
        ? Listeners.Where(listener => !ControllerListenerNames.Contains(listener.Name))
        : [];

    public bool Equals(ServerProperties? other) => other is not null && Text == other.Text && Values == other.Values;

    public override int GetHashCode() => HashCode.Combine(Text, Values);

    private Endpoint? BrokerEndpointOf() => BrokerListener is { } listener
        ? AdvertisedOf(listener) ?? new Endpoint(listener.Host ?? "localhost", listener.Port)
        : null;

    private Endpoint? ControllerEndpointOf()
    {
        if (ControllerListener is not { } listener)
        {
            return null;
        }

        return listener.Host is { } host
            ? new Endpoint(host, listener.Port)
            : QuorumVoters.FirstOrDefault(voter => voter.Id == NodeId)?.Endpoint
                ?? AdvertisedOf(listener)
                ?? new Endpoint("localhost", listener.Port);
    }

    private bool IsInterBroker(Listener listener) => TrimmedOf("inter.broker.listener.name") is { } name
        ? listener.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        : listener.SecurityProtocol == (TrimmedOf("security.inter.broker.protocol")?.ToUpperInvariant() ?? "PLAINTEXT");

    private Endpoint? AdvertisedOf(Listener listener) =>
        AdvertisedListeners.FirstOrDefault(advertised => advertised.Name == listener.Name) is { Host: { } host } found
            ? new Endpoint(host, found.Port)
            : null;

    private Listener? ListenerOf(string text)
    {
        var parts = text.Split("://", 2);
        if (parts.Length < 2 || !EndpointText.TrySplit(parts[1], out var host, out var port))
        {
            return null;
        }

        var name = parts[0].Trim().ToUpperInvariant();
        return new Listener(name, host is "" or "0.0.0.0" or "::" ? null : host, port, SecurityProtocolOf(name));
    }

    /// <summary>By the map; without one, a name that is no protocol itself can only be a controller's, which is plaintext then.</summary>
    private string SecurityProtocolOf(string name)
    {
        foreach (var entry in ListOf("listener.security.protocol.map"))
        {
            var colon = entry.LastIndexOf(':');
            if (colon > 0 && entry[..colon].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry[(colon + 1)..].Trim().ToUpperInvariant();
            }
        }

        return name is "SSL" or "SASL_PLAINTEXT" or "SASL_SSL" ? name : "PLAINTEXT";
    }

    private static QuorumVoter? VoterOf(string text)
    {
        var parts = text.Split('@', 2);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && EndpointOf(parts[1]) is { } endpoint
            ? new QuorumVoter(new NodeId(id), endpoint)
            : null;
    }

    private static Endpoint? EndpointOf(string text) => EndpointText.TryParse(text, out var endpoint) ? endpoint : null;

    private NodeId? IdOf(string key) =>
        int.TryParse(TrimmedOf(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id >= 0
            ? new NodeId(id)
            : null;

    private ImmutableArray<string> ListOf(string key) =>
        [.. (this[key] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Kafka trims what is not free text; an empty value counts as none.</summary>
    private string? TrimmedOf(string key) => this[key]?.Trim() is { Length: > 0 } value ? value : null;

    private sealed record Parsed(ImmutableArray<string> Roles, Lazy<Endpoint?> BrokerEndpoint, Lazy<Endpoint?> ControllerEndpoint);
}
