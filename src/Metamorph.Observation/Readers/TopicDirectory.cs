using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Finds topics by name or id, and the endpoint of a partition's leader.</summary>
internal sealed class TopicDirectory(ImmutableArray<Topic> topics, IReadOnlyDictionary<NodeId, Endpoint> brokers)
{
    private readonly Dictionary<string, Topic> byName = topics.ToDictionary(topic => topic.Name);
    private readonly Dictionary<Guid, string> byId =
        topics.Where(topic => topic.Id != Guid.Empty).ToDictionary(topic => topic.Id, topic => topic.Name);

    /// <summary>The topic's name, from newer answers that tell only the id; null: nobody knows it any more.</summary>
    public string? NameOf(string? name, Guid id) =>
        !string.IsNullOrEmpty(name) ? name : byId.GetValueOrDefault(id);

    /// <summary>Where the partition's leader listens; null: it has none, or nobody knows it.</summary>
    public Endpoint? LeaderOf(TopicPartition id)
    {
        if (!byName.TryGetValue(id.Topic, out var topic))
        {
            return null;
        }

        var leader = topic.Partitions.Where(partition => partition.Index == id.Index)
            .Select(partition => partition.Leader)
            .FirstOrDefault();
        return leader is { } node ? brokers.GetValueOrDefault(node) : null;
    }
}
