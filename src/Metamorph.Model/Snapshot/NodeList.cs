using System.Collections;
using System.Text.Json.Serialization;
using Metamorph.Model.Json;

namespace Metamorph.Model;

/// <summary>An ordered list of node ids (replicas, ISR), held as the plain numbers of the wire so that many partitions can share one.</summary>
[JsonConverter(typeof(NodeListConverter))]
public readonly struct NodeList(int[] ids) : IReadOnlyList<NodeId>, IEquatable<NodeList>
{
    private readonly int[]? ids = ids;

    public static NodeList Empty => default;

    public int Count => ids?.Length ?? 0;

    public NodeId this[int index] => new(ids![index]);

    public bool Contains(NodeId node) => ids is not null && Array.IndexOf(ids, node.Value) >= 0;

    /// <summary>How many of the list are not <paramref name="node"/>.</summary>
    public int CountWithout(NodeId node) => Count - (Contains(node) ? 1 : 0);

    public bool Equals(NodeList other) => ids.AsSpan().SequenceEqual(other.ids);

    public override bool Equals(object? obj) => obj is NodeList other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var id in ids ?? [])
        {
            hash.Add(id);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(',', ids ?? [])}]";

    public IEnumerator<NodeId> GetEnumerator() => (ids ?? []).Select(id => new NodeId(id)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(NodeList left, NodeList right) => left.Equals(right);

    public static bool operator !=(NodeList left, NodeList right) => !left.Equals(right);
}
