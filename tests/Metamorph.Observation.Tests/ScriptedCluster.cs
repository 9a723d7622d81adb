using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Tests;

namespace Metamorph.Observation.Tests;

/// <summary>
/// Two brokers, 1 and 2, that answer alike unless a test says otherwise, and the observer that looks at them.
/// </summary>
internal sealed class ScriptedCluster
{
    public static readonly Endpoint FirstAt = new("one", 9092);
    public static readonly Endpoint SecondAt = new("two", 9092);

    public ScriptedCluster()
    {
        (First, Second) = (NewBroker(FirstAt), NewBroker(SecondAt));
        Network.Listen(FirstAt, First);
        Network.Listen(SecondAt, Second);
    }

    public ScriptedTransport Network { get; } = new();

    public ManualTime Time { get; } = new();

    public ScriptedBroker First { get; }

    public ScriptedBroker Second { get; }

    public List<DescribeClusterResponse.Broker> Brokers { get; } =
    [
        new() { BrokerId = 1, Host = FirstAt.Host, Port = FirstAt.Port, Rack = "a" },
        new() { BrokerId = 2, Host = SecondAt.Host, Port = SecondAt.Port },
    ];

    /// <summary>What Metadata tells, for the n-th time it is asked; the last one stands for all that follow.</summary>
    public List<string[]> TopicsInTurn { get; } = [["orders"]];

    /// <summary>Who answered Metadata, in order.</summary>
    public List<Endpoint> TopicsToldBy { get; } = [];

    public Dictionary<string, string> MinIsr { get; } = new() { ["orders"] = "2" };

    public DescribeQuorumResponse.ReplicaState[] Voters { get; set; } = [new() { ReplicaId = 1, LogEndOffset = 90 }];

    public List<ApiKey> Asked => [.. First.Asked.Concat(Second.Asked).Select(asked => asked.Api)];

    public async Task<ClusterSnapshot> ObserveAsync(
        SnapshotScope scope = SnapshotScope.Health, params INodeDriver[] drivers)
    {
        await using var client = NewClient();
        return await ObserverOf(client, drivers).ObserveAsync(scope, CancellationToken.None);
    }

    public KafkaClient NewClient() => new([FirstAt, SecondAt], Network, new(), Time);

    public static ClusterObserver ObserverOf(KafkaClient client, params INodeDriver[] drivers) =>
        new(client, drivers.ToDictionary(driver => driver.Node));

    private ScriptedBroker NewBroker(Endpoint at) => new ScriptedBroker()
        .On<DescribeClusterRequest, DescribeClusterResponse>(request => new DescribeClusterResponse
        {
            ClusterId = "cluster",
            Brokers = [.. Brokers.Where(broker => !broker.IsFenced || request.IncludeFencedBrokers)],
        })
        .On<DescribeQuorumRequest, DescribeQuorumResponse>(_ => new DescribeQuorumResponse
        {
            Topics = [new() { TopicName = "__cluster_metadata", Partitions = [QuorumPartition()] }],
        })
        .On<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>(_ => new())
        .On<MetadataRequest, MetadataResponse>(_ => new MetadataResponse { Topics = [.. NextTopics(at).Select(TopicOf)] })
        .On<DescribeConfigsRequest, DescribeConfigsResponse>(request => new DescribeConfigsResponse
        {
            Results = [.. request.Resources.Select(resource => MinIsrOf(resource.ResourceName))],
        })
        .On<ListGroupsRequest, ListGroupsResponse>(_ => new());

    private DescribeQuorumResponse.Partition QuorumPartition() =>
        new() { LeaderId = 1, LeaderEpoch = 4, HighWatermark = 90, CurrentVoters = Voters };

    private string[] NextTopics(Endpoint teller)
    {
        lock (TopicsInTurn)
        {
            TopicsToldBy.Add(teller);
            var topics = TopicsInTurn[0];
            if (TopicsInTurn.Count > 1)
            {
                TopicsInTurn.RemoveAt(0);
            }

            return topics;
        }
    }

    private DescribeConfigsResponse.ResourceResult MinIsrOf(string topic) => MinIsr.TryGetValue(topic, out var value)
        ? new() { ResourceName = topic, Configs = [new() { Name = "min.insync.replicas", Value = value }] }
        : new() { ResourceName = topic, ErrorCode = ErrorCode.UnknownTopicOrPartition };

    private static MetadataResponse.Topic TopicOf(string name) => new()
    {
        Name = name,
        TopicId = new Guid(name.Length, 0, 0, new byte[8]),
        Partitions = [Partition(0, leader: 1), Partition(1, leader: 2)],
    };

    private static MetadataResponse.Partition Partition(int index, int leader) =>
        new() { PartitionIndex = index, LeaderId = leader, ReplicaNodes = [1, 2], IsrNodes = [1, 2] };
}

/// <summary>A machine that says what a test gave it.</summary>
internal sealed class ScriptedDriver(NodeId node, params (string Key, string Value)[] properties) : INodeDriver
{
    public NodeId Node => node;

    public Task<NodeObservation> ObserveAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new NodeObservation
        {
            Process = null,
            Installed = Observed<KafkaRelease>.Of(new KafkaRelease(4, 0, 0)),
            Properties = new ServerProperties(
                "", properties.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value)),
        });

    public Task<IReadOnlyList<Finding>> CheckReleaseAsync(
        KafkaRelease release, int javaMin, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StopOutcome> StopAsync(int pid, TimeSpan patience, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> StartAsync(KafkaRelease release, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<LogExcerpt> ReadLogAsync(long from, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
