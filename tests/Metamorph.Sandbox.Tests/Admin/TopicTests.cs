using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class TopicTests
{
    [Fact]
    public void A_topic_is_made_with_the_defaults_of_the_cluster_and_seen_on_every_broker()
    {
        var core = TestCluster.Of("3.9.2", change: topology => topology with
        {
            Properties = topology.Properties.Add("num.partitions", "6").Add("default.replication.factor", "2"),
        });

        var result = Create(core, Counted("t", -1, -1));

        Assert.Equal((ErrorCode.None, null, 6, 2), (result.ErrorCode, result.ErrorMessage, result.NumPartitions, result.ReplicationFactor));
        Assert.Contains(result.Configs!, config => config is { Name: "cleanup.policy", Value: "delete", ConfigSource: 5 });
        core.Pass(TimeSpan.FromMilliseconds(100));
        var seen = new CoreClient(core, 3).Ask(new MetadataRequest { Topics = [new() { Name = "t" }] });
        Assert.Equal(6, Assert.Single(seen.Topics).Partitions.Length);
        Assert.Equal(result.TopicId, seen.Topics[0].TopicId);
        Assert.All(seen.Topics[0].Partitions, partition => Assert.Equal((2, partition.ReplicaNodes[0]), (partition.IsrNodes.Length, partition.LeaderId)));
    }

    // Words and codes as real brokers gave them: tests/Metamorph.SideBySide/Recorded/3.9.2/topics.txt.
    [Theory]
    [InlineData("t", 1, 1, ErrorCode.TopicAlreadyExists, "Topic 't' already exists.")]
    [InlineData("many", 1, 4, ErrorCode.InvalidReplicationFactor, "Unable to replicate the partition 4 time(s): The target replication factor of 4 cannot be reached because only 3 broker(s) are registered.")]
    [InlineData("none", 1, 0, ErrorCode.InvalidReplicationFactor, "Replication factor must be larger than 0, or -1 to use the default value.")]
    [InlineData("none", 0, 1, ErrorCode.InvalidPartitions, "Number of partitions was set to an invalid non-positive value.")]
    [InlineData("a/b", 1, 1, ErrorCode.InvalidTopicException, "Topic name is invalid: 'a/b' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'")]
    [InlineData(".", 1, 1, ErrorCode.InvalidTopicException, "Topic name is invalid: '.' is not allowed")]
    [InlineData("", 1, 1, ErrorCode.InvalidTopicException, "Topic name is invalid: the empty string is not allowed")]
    public void What_cannot_be_made_is_refused_in_Kafkas_words(string name, int partitions, short replicas, ErrorCode code, string words)
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(TestCluster.Topic("t", [1, 2, 3])));

        var result = Create(core, Counted(name, partitions, replicas));

        Assert.Equal((code, words), (result.ErrorCode, result.ErrorMessage));
    }

    [Theory]
    [InlineData(new[] { 1, 9 }, "The manual partition assignment includes broker 9, but no such broker is registered.")]
    [InlineData(new[] { 1, 1 }, "The manual partition assignment includes the broker 1 more than once.")]
    [InlineData(new int[0], "The manual partition assignment includes an empty replica list.")]
    [InlineData(new[] { 1, 2 }, "The manual partition assignment includes a partition with 2 replica(s), but this is not consistent with previous partitions, which have 1 replica(s).")]
    public void An_assignment_that_cannot_be_is_refused(int[] second, string words)
    {
        var core = TestCluster.Of("3.9.2");

        var result = Create(core, Placed("v", [1], second));

        Assert.Equal((ErrorCode.InvalidReplicaAssignment, words), (result.ErrorCode, result.ErrorMessage));
    }

    [Fact]
    public void A_topic_given_twice_in_one_request_is_not_made_and_others_are()
    {
        var core = TestCluster.Of("3.9.2");

        var response = new CoreClient(core, 1).Ask(
            new CreateTopicsRequest { Topics = [Counted("twice", 1, 1), Counted("twice", 1, 1), Counted("u", 1, 1)] });

        Assert.Equal(
            [("u", ErrorCode.None, null), ("twice", ErrorCode.InvalidRequest, "Duplicate topic name.")],
            response.Topics.Select(topic => (topic.Name, topic.ErrorCode, topic.ErrorMessage)));
        Assert.Null(core.World.Metadata.FindTopic("twice"));
    }

    [Fact]
    public void A_topic_that_is_only_asked_for_is_not_made()
    {
        var core = TestCluster.Of("3.9.2");

        var response = new CoreClient(core, 1).Ask(new CreateTopicsRequest { Topics = [Counted("a.b", 1, 1)], ValidateOnly = true });

        Assert.Equal(ErrorCode.None, response.Topics[0].ErrorCode);
        Assert.Null(core.World.Metadata.FindTopic("a.b"));
    }

    [Fact]
    public void A_fenced_broker_takes_replicas_but_never_the_first_and_is_not_in_sync()
    {
        var core = TestCluster.Of("3.9.2");
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[2].IsFenced);

        Create(core, Counted("w", 12, 3));

        for (var index = 0; index < 12; index++)
        {
            var made = core.PartitionOf("w", index);
            Assert.Equal([1, 2, 3], made.Replicas.Order());
            Assert.NotEqual(2, made.Replicas[0]);
            Assert.Equal([1, 3], made.Isr.Order());
        }
    }

    [Fact]
    public void Only_dead_brokers_cannot_begin_a_partition()
    {
        var core = TestCluster.Of("3.9.2");
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[2].IsFenced);

        var result = Create(core, Placed("w", [2]));

        Assert.Equal(
            (ErrorCode.InvalidReplicaAssignment, "All brokers specified in the manual partition assignment for partition 0 are fenced or in controlled shutdown."),
            (result.ErrorCode, result.ErrorMessage));
    }

    [Fact]
    public void Replicas_are_spread_over_racks()
    {
        var core = TestCluster.Of("3.9.2", brokers: 6, change: topology => topology with
        {
            Nodes = [.. topology.Nodes.Select(node => node with { Rack = node.IsBroker ? $"rack{node.Id.Value % 3}" : null })],
        });

        Create(core, Counted("t", 30, 3));

        for (var index = 0; index < 30; index++)
        {
            Assert.Equal(3, core.PartitionOf("t", index).Replicas.Select(replica => replica % 3).Distinct().Count());
        }

        var leaders = Enumerable.Range(0, 30).CountBy(index => core.PartitionOf("t", index).Leader).ToList();
        Assert.Equal(6, leaders.Count);
        Assert.All(leaders, leader => Assert.InRange(leader.Value, 3, 7));
    }

    [Theory]
    [InlineData("no.such.config", "1", "Unknown topic config name: no.such.config")]
    [InlineData("segment.bytes", "much", "Invalid value much for configuration segment.bytes: Not a number of type INT")]
    [InlineData("min.insync.replicas", "0", "Invalid value 0 for configuration min.insync.replicas: Value must be at least 1")]
    public void A_config_that_cannot_be_is_refused(string key, string value, string words)
    {
        var core = TestCluster.Of("3.9.2");

        var result = Create(core, new()
        {
            Name = "t", NumPartitions = 1, ReplicationFactor = 1, Configs = [new() { Name = key, Value = value }],
        });

        Assert.Equal((ErrorCode.InvalidConfig, words), (result.ErrorCode, result.ErrorMessage));
    }

    [Fact]
    public void A_topic_goes_by_name_or_by_id_and_one_that_is_not_there_is_told()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(
            TestCluster.Topic("a", [1, 2]), TestCluster.Topic("b", [2, 3]), TestCluster.Topic("c", [3, 1])));
        var id = core.World.Metadata.FindTopic("b")!.Id;
        var unknown = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

        var response = new CoreClient(core, 1).Ask(new DeleteTopicsRequest
        {
            Topics = [new() { Name = "a" }, new() { TopicId = id }, new() { Name = "nowhere" }, new() { TopicId = unknown }],
        });

        Assert.Equal(
            [
                (null, ErrorCode.UnknownTopicId),
                ("a", ErrorCode.None),
                ("b", ErrorCode.None),
                ("nowhere", ErrorCode.UnknownTopicOrPartition),
            ],
            response.Responses.OrderBy(topic => topic.Name, StringComparer.Ordinal).Select(topic => (topic.Name, topic.ErrorCode)));
        Assert.Equal(["c"], core.World.Metadata.Topics.Keys);
    }

    [Fact]
    public void Partitions_are_added_and_never_taken_away()
    {
        var core = TestCluster.Of("3.9.2", change: TestCluster.With(TestCluster.Topic("t", [1, 2], [2, 3])));
        var client = new CoreClient(core, 1);

        Assert.Equal("Topic already has 2 partition(s).", Grow(2).ErrorMessage);
        Assert.Equal("The topic t currently has 2 partition(s); 1 would not be an increase.", Grow(1).ErrorMessage);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, Grow(3, "nowhere").ErrorCode);
        Assert.Equal(
            (ErrorCode.InvalidReplicaAssignment, "Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified."),
            (Grow(4, assignments: [[3, 1]]).ErrorCode, Grow(4, assignments: [[3, 1]]).ErrorMessage));
        Assert.Equal(ErrorCode.None, Grow(3, assignments: [[3, 1]]).ErrorCode);
        Assert.Equal([3, 1], core.PartitionOf("t", 2).Replicas);
        Assert.Equal(ErrorCode.None, Grow(5).ErrorCode);
        Assert.Equal(2, core.PartitionOf("t", 4).Replicas.Length);

        CreatePartitionsResponse.TopicResult Grow(int count, string name = "t", int[][]? assignments = null) =>
            client.Ask(new CreatePartitionsRequest
            {
                Topics =
                [
                    new()
                    {
                        Name = name,
                        Count = count,
                        Assignments = assignments is null ? null : [.. assignments.Select(ids => new CreatePartitionsRequest.Assignment { BrokerIds = ids })],
                    },
                ],
            }).Results[0];
    }

    [Fact]
    public void Asking_for_a_topic_makes_it_once()
    {
        var core = TestCluster.Of("3.9.2");
        var client = new CoreClient(core, 1);
        var ask = new MetadataRequest { Topics = [new() { Name = "fresh" }], AllowAutoTopicCreation = true };

        Assert.Equal(ErrorCode.UnknownTopicOrPartition, client.Ask(ask).Topics[0].ErrorCode);
        core.Pass(TimeSpan.FromMilliseconds(100));

        Assert.Equal(ErrorCode.None, client.Ask(ask).Topics[0].ErrorCode);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    public void The_topic_of_the_group_coordinator_has_fifty_partitions_and_at_most_three_replicas(int brokers, int replicas)
    {
        var core = TestCluster.Of("4.1.0", brokers);

        core.World.Controller.Topics.EnsureInternal(InternalTopics.ConsumerOffsets);
        core.World.Controller.Topics.EnsureInternal(InternalTopics.ConsumerOffsets);
        core.Pass(TimeSpan.FromMilliseconds(100));

        var topic = core.World.Metadata.FindTopic(InternalTopics.ConsumerOffsets)!;
        Assert.Equal((50, replicas), (topic.Partitions.Count, topic.Partitions[0].Now.Replicas.Length));
        Assert.Equal("compact", core.World.Metadata.Configs.Find(ConfigOwner.Topic, topic.Name, "cleanup.policy"));
    }

    internal static CreateTopicsResponse.TopicResult Create(ClusterCore core, CreateTopicsRequest.Topic topic) =>
        new CoreClient(core, 1).Ask(new CreateTopicsRequest { Topics = [topic] }).Topics[0];

    private static CreateTopicsRequest.Topic Counted(string name, int partitions, short replicas) =>
        new() { Name = name, NumPartitions = partitions, ReplicationFactor = replicas };

    private static CreateTopicsRequest.Topic Placed(string name, params int[][] replicas) => new()
    {
        Name = name,
        NumPartitions = -1,
        ReplicationFactor = -1,
        Assignments = [.. replicas.Select((ids, index) => new CreateTopicsRequest.ReplicaAssignment { PartitionIndex = index, BrokerIds = ids })],
    };
}
