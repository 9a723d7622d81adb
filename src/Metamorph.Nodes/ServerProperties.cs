using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>A node's <c>server.properties</c>: what it is, as Kafka itself reads it (java.util.Properties).</summary>
/// <param name="Text">The file as it stands, for the backup.</param>
/// <param name="Values">Keys and values, escapes undone, a repeated key's last value.</param>
public sealed record ServerProperties(string Text, ImmutableSortedDictionary<string, string> Values)
{
    public string? this[string key] => Values.GetValueOrDefault(key);

    /// <summary><c>node.id</c>, or its older synonym <c>broker.id</c>; null when neither is a number.</summary>
    public NodeId? NodeId =>
        int.TryParse(this["node.id"] ?? this["broker.id"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
            ? new NodeId(id)
            : null;

    public bool IsBroker => Roles.Contains("broker");

    public bool IsController => Roles.Contains("controller");

    /// <summary>Neither role: a node of ZooKeeper mode.</summary>
    public bool IsZooKeeperMode => Roles.Length == 0;

    public string? Rack => this["broker.rack"];

    private ImmutableArray<string> Roles =>
        [.. (this["process.roles"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
