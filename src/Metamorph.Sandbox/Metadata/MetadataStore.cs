using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>
/// The metadata log and what it amounts to. It is held once: a broker that is behind reads it as of the offset that it
/// has applied.
/// </summary>
/// <remarks>
/// A record counts as committed when it is appended; who waits for the commit waits <see cref="SandboxTimings.Commit"/>
/// more. Only the active controller appends.
/// </remarks>
internal sealed class MetadataStore(World world)
{
    private readonly List<(long Offset, MetadataChange Change)> recent = [];
    private readonly Dictionary<string, SandboxTopic> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, SandboxTopic> byId = [];
    private readonly List<SandboxTopic> goneTopics = [];

    /// <summary>The offset of the last record.</summary>
    public long End { get; private set; } = 100;

    /// <summary>Every partition that exists, in the order of creation.</summary>
    public List<SandboxPartition> Partitions { get; } = [];

    /// <summary>Every topic that exists, by name.</summary>
    public SortedDictionary<string, SandboxTopic> Topics { get; } = new(StringComparer.Ordinal);

    public Versioned<ImmutableSortedDictionary<int, BrokerRecord>> Brokers { get; } =
        new(ImmutableSortedDictionary<int, BrokerRecord>.Empty);

    public Versioned<ImmutableSortedDictionary<string, short>> Features { get; } =
        new(ImmutableSortedDictionary<string, short>.Empty);

    /// <summary>The offset of the last change of a finalized feature.</summary>
    public Versioned<long> FeaturesEpoch { get; } = new(0L);

    /// <summary>The controllers that have registered, by id (KIP-919).</summary>
    public SortedDictionary<int, ControllerRecord> Controllers { get; } = [];

    public ConfigStore Configs { get; } = new();

    /// <summary>Client quotas, as entity → key → value (KIP-546).</summary>
    public SortedDictionary<string, SortedDictionary<string, double>> Quotas { get; } = new(StringComparer.Ordinal);

    /// <summary>SCRAM credentials by user and mechanism (KIP-554): only their iterations, for nobody logs in here.</summary>
    public SortedDictionary<(string User, sbyte Mechanism), int> ScramIterations { get; } = [];

    public short MetadataVersion => Features.Now.GetValueOrDefault(Metamorph.Releases.KafkaFeatures.MetadataVersion);

    public SandboxTopic? FindTopic(string name) => byName.GetValueOrDefault(name);

    /// <summary>The topic that a broker knows by that name.</summary>
    public SandboxTopic? FindTopic(string name, long applied) =>
        byName.GetValueOrDefault(name) is { } topic && topic.IsKnownAt(applied)
            ? topic
            : goneTopics.FindLast(gone => gone.Name == name && gone.IsKnownAt(applied));

    /// <summary>The topic that a broker knows by that id.</summary>
    public SandboxTopic? FindTopic(Guid id, long applied) =>
        byId.GetValueOrDefault(id) is { } topic && topic.IsKnownAt(applied)
            ? topic
            : goneTopics.FindLast(gone => gone.Id == id && gone.IsKnownAt(applied));

    /// <summary>Every topic that a broker knows, by name.</summary>
    public IEnumerable<SandboxTopic> TopicsAt(long applied)
    {
        if (goneTopics.Count == 0)
        {
            return applied >= End ? Topics.Values : Topics.Values.Where(topic => topic.IsKnownAt(applied));
        }

        return Topics.Values.Concat(goneTopics)
            .Where(topic => topic.IsKnownAt(applied))
            .OrderBy(topic => topic.Name, StringComparer.Ordinal);
    }

    public void Add(SandboxTopic topic)
    {
        Topics.Add(topic.Name, topic);
        byName[topic.Name] = topic;
        byId[topic.Id] = topic;
    }

    public void Add(SandboxPartition partition)
    {
        partition.Topic.Partitions.Add(partition);
        Partitions.Add(partition);
        partition.Now.Offset = Append(new MetadataChange.Partition(partition, null, partition.Now));
    }

    public void Change(SandboxPartition partition, PartitionRegistration next)
    {
        var before = partition.Now;
        partition.Become(next, End + 1);
        Append(new MetadataChange.Partition(partition, before, next));
    }

    public void Remove(SandboxTopic topic)
    {
        Topics.Remove(topic.Name);
        byName.Remove(topic.Name);
        byId.Remove(topic.Id);
        Partitions.RemoveAll(partition => partition.Topic == topic);
        topic.DeletedAt = End + 1;
        goneTopics.Add(topic);
        Append(new MetadataChange.TopicRemoved(topic));
    }

    public void Put(BrokerRecord broker)
    {
        var before = Brokers.Now.GetValueOrDefault(broker.Id);
        Brokers.Become(Brokers.Now.SetItem(broker.Id, broker), End + 1);
        Append(new MetadataChange.Broker(broker.Id, before, broker));
    }

    public void RemoveBroker(int id)
    {
        var before = Brokers.Now[id];
        Brokers.Become(Brokers.Now.Remove(id), End + 1);
        Append(new MetadataChange.Broker(id, before, null));
    }

    public void SetFeature(string name, short level)
    {
        var next = level == 0 ? Features.Now.Remove(name) : Features.Now.SetItem(name, level);
        Features.Become(next, End + 1);
        FeaturesEpoch.Become(End + 1, End + 1);
        Append(new MetadataChange.Features());
    }

    /// <summary>Tells brokers that a config has changed; the change itself is made in <see cref="Configs"/>.</summary>
    public void NoteConfig() => Append(new MetadataChange.Config());

    /// <summary>Counts a record that no broker acts on, such as a controller's registration.</summary>
    public void NoteRecord() => End++;

    /// <summary>Lets a broker apply everything up to the end, and forgets what nobody is behind of any more.</summary>
    public void Apply(SandboxNode node, NodeLife life)
    {
        var from = life.Applied;
        life.Applied = End;
        var first = recent.FindIndex(entry => entry.Offset > from);
        if (first >= 0)
        {
            var upTo = recent.Count;
            for (var i = first; i < upTo; i++)
            {
                world.Applied(node, life, recent[i].Change);
            }
        }

        Forget();
    }

    private long Append(MetadataChange change)
    {
        End++;
        recent.Add((End, change));
        world.Nodes.MetadataGrew();
        return End;
    }

    private void Forget()
    {
        var appliedByAll = world.Nodes.AppliedByAll();
        var keepFrom = recent.FindIndex(entry => entry.Offset > appliedByAll);
        keepFrom = keepFrom < 0 ? recent.Count : keepFrom;
        foreach (var (_, change) in recent.Take(keepFrom))
        {
            if (change is MetadataChange.Partition { After: var after })
            {
                after.Previous = null;
            }
        }

        recent.RemoveRange(0, keepFrom);
        goneTopics.RemoveAll(topic => topic.DeletedAt <= appliedByAll);
        Brokers.Forget(appliedByAll);
        Features.Forget(appliedByAll);
        FeaturesEpoch.Forget(appliedByAll);
    }
}

/// <summary>A controller's registration (KIP-919).</summary>
internal sealed record ControllerRecord(int Id, Guid Incarnation, ImmutableSortedDictionary<string, Metamorph.Model.FeatureRange> Features);
