using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class DescribeTests
{
    private const string MetadataLog = "__cluster_metadata";

    [Fact]
    public void Fenced_brokers_are_told_of_only_when_asked_for()
    {
        var core = TestCluster.Of("4.1.0");
        core.Order(2, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[2].IsFenced);
        core.Pass(TimeSpan.FromMilliseconds(100));
        var client = new CoreClient(core, 1);

        Assert.Equal([1, 3], client.Ask(new DescribeClusterRequest()).Brokers.Select(broker => broker.BrokerId));
        Assert.Equal(
            [(1, false), (2, true), (3, false)],
            client.Ask(new DescribeClusterRequest { IncludeFencedBrokers = true }).Brokers.Select(broker => (broker.BrokerId, broker.IsFenced)));
        Assert.Equal([1, 3], client.Ask(new DescribeClusterRequest(), version: 0).Brokers.Select(broker => broker.BrokerId));
    }

    [Fact]
    public void A_controller_tells_of_controllers_and_refuses_to_tell_of_brokers()
    {
        var core = TestCluster.Of("4.1.0");
        var client = new CoreClient(core, TestCluster.Controller, ListenerKind.Controller);

        var response = client.Ask(new DescribeClusterRequest { EndpointType = 2 });

        Assert.Equal((100, (sbyte)2), (response.ControllerId, response.EndpointType));
        Assert.Equal(100, Assert.Single(response.Brokers).BrokerId);
        Assert.Equal(ErrorCode.MismatchedEndpointType, client.Ask(new DescribeClusterRequest()).ErrorCode);
        Assert.Equal(ErrorCode.MismatchedEndpointType, new CoreClient(core, 1).Ask(new DescribeClusterRequest { EndpointType = 2 }).ErrorCode);
    }

    [Fact]
    public void Pages_of_partitions_follow_each_other_until_there_are_no_more()
    {
        var core = TestCluster.Of("4.1.0", change: TestCluster.With(
            TestCluster.Topic("a", [1, 2], [2, 3], [3, 1]), TestCluster.Topic("b", [1, 2]), TestCluster.Topic("c", [2, 3], [3, 1])));
        var client = new CoreClient(core, 1);
        var seen = new List<(string?, int)>();
        DescribeTopicPartitionsRequest.PageCursor? cursor = null;
        var pages = 0;
        do
        {
            var page = client.Ask(new DescribeTopicPartitionsRequest { ResponsePartitionLimit = 2, Cursor = cursor });
            seen.AddRange(page.Topics.SelectMany(topic => topic.Partitions.Select(partition => (topic.Name, partition.PartitionIndex))));
            cursor = page.NextCursor is { } next ? new() { TopicName = next.TopicName, PartitionIndex = next.PartitionIndex } : null;
            pages++;
        }
        while (cursor is not null);

        Assert.Equal([("a", 0), ("a", 1), ("a", 2), ("b", 0), ("c", 0), ("c", 1)], seen);
        Assert.Equal(3, pages);
    }

    [Fact]
    public void A_topic_that_is_not_there_is_told_among_the_others()
    {
        var core = TestCluster.Of("4.1.0", change: TestCluster.With(TestCluster.Topic("t", [1, 2])));

        var response = new CoreClient(core, 1).Ask(new DescribeTopicPartitionsRequest
        {
            Topics = [new() { Name = "t" }, new() { Name = "nowhere" }, new() { Name = "a/b" }],
        });

        Assert.Equal(
            [("a/b", ErrorCode.InvalidTopicException), ("nowhere", ErrorCode.UnknownTopicOrPartition), ("t", ErrorCode.None)],
            response.Topics.Select(topic => (topic.Name, topic.ErrorCode)));
    }

    [Fact]
    public void The_quorum_shows_who_leads_who_has_fallen_behind_and_who_only_reads()
    {
        var core = TestCluster.Of("4.1.0", change: topology => topology with
        {
            Nodes = [.. topology.Nodes, TestCluster.ControllerOf("4.1.0", 101), TestCluster.ControllerOf("4.1.0", 102)],
        });
        var ask = new DescribeQuorumRequest { Topics = [new() { TopicName = MetadataLog, Partitions = [new() { PartitionIndex = 0 }] }] };
        core.Pass(TimeSpan.FromSeconds(10));
        core.Order(102, new NodeOrder.Kill());
        var killedAt = core.Now;
        core.Pass(TimeSpan.FromSeconds(10));
        TopicTests.Create(core, new() { Name = "later", NumPartitions = 1, ReplicationFactor = 1 });

        var response = new CoreClient(core, 1).Ask(ask);

        var quorum = response.Topics[0].Partitions[0];
        Assert.Equal((100, core.World.Metadata.End), (quorum.LeaderId, quorum.HighWatermark));
        Assert.Equal([100, 101, 102], quorum.CurrentVoters.Select(voter => voter.ReplicaId));
        Assert.Equal(killedAt.ToUnixTimeMilliseconds(), quorum.CurrentVoters[2].LastCaughtUpTimestamp);
        Assert.True(quorum.CurrentVoters[2].LogEndOffset < quorum.HighWatermark);
        Assert.Equal(quorum.HighWatermark, quorum.CurrentVoters[1].LogEndOffset);
        Assert.Equal([1, 2, 3], quorum.Observers.Select(observer => observer.ReplicaId));
        Assert.Equal([(100, 9100), (101, 9101), (102, 9102)], response.Nodes.Select(node => (node.NodeId, (int)node.Listeners[0].Port)));
        Assert.Empty(new CoreClient(core, 1).Ask(ask, version: 1).Nodes);
    }

    [Fact]
    public void A_broker_that_is_cut_off_stays_an_observer_for_five_minutes_with_the_stamp_of_its_last_fetch()
    {
        var core = TestCluster.Of("4.1.0");
        core.Order(2, new NodeOrder.Partition());
        var cutOffAt = core.Now.ToUnixTimeMilliseconds();
        core.Pass(TimeSpan.FromMinutes(4));
        Assert.Equal([(1, core.Now.ToUnixTimeMilliseconds()), (2, cutOffAt), (3, core.Now.ToUnixTimeMilliseconds())], Observers(core));

        core.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal([1, 3], Observers(core).Select(observer => observer.Id));

        core.Order(2, new NodeOrder.Heal());
        core.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 2, 3], Observers(core).Select(observer => observer.Id));
    }

    private static IEnumerable<(int Id, long CaughtUp)> Observers(ClusterCore core) => new CoreClient(core, 1)
        .Ask(new DescribeQuorumRequest { Topics = [new() { TopicName = MetadataLog, Partitions = [new() { PartitionIndex = 0 }] }] })
        .Topics[0].Partitions[0].Observers.Select(observer => (observer.ReplicaId, observer.LastCaughtUpTimestamp));

    [Fact]
    public void Another_log_than_that_of_the_metadata_is_unknown_to_the_quorum()
    {
        var response = new CoreClient(TestCluster.Of("4.1.0"), 1).Ask(
            new DescribeQuorumRequest { Topics = [new() { TopicName = "t", Partitions = [new() { PartitionIndex = 0 }] }] });

        Assert.Equal(ErrorCode.UnknownTopicOrPartition, response.Topics[0].Partitions[0].ErrorCode);
    }

    [Fact]
    public void Only_the_active_controller_decides()
    {
        var core = TestCluster.Of("4.1.0", change: topology => topology with
        {
            Nodes = [.. topology.Nodes, TestCluster.ControllerOf("4.1.0", 101), TestCluster.ControllerOf("4.1.0", 102)],
        });

        var response = new CoreClient(core, 101, ListenerKind.Controller).Ask(new CreateTopicsRequest
        {
            Topics = [new() { Name = "t", NumPartitions = 1, ReplicationFactor = 1 }],
        });

        Assert.Equal(ErrorCode.NotController, response.Topics[0].ErrorCode);
    }

    [Fact]
    public void Without_a_controller_a_request_waits_and_is_then_given_up()
    {
        var core = TestCluster.Of("4.1.0");
        core.Order(TestCluster.Controller, new NodeOrder.Kill());
        var asked = core.Now;

        var response = new CoreClient(core, 1).Ask(new CreateTopicsRequest { Topics = [new() { Name = "t", NumPartitions = 1, ReplicationFactor = 1 }] });

        Assert.Equal((ErrorCode.RequestTimedOut, TimeSpan.FromSeconds(30)), (response.Topics[0].ErrorCode, core.Now - asked));
        Assert.Null(core.World.Metadata.FindTopic("t"));
    }

    [Fact]
    public void Each_advertised_version_of_every_api_here_can_be_answered()
    {
        foreach (var release in new[] { "3.3.2", "3.5.2", "3.7.2", "3.9.2", "4.0.1", "4.1.0", "4.3.1" })
        {
            var core = TestCluster.Of(release, change: TestCluster.With(TestCluster.Topic("t", [1, 2, 3], [2, 3, 1])));
            AskAll(core, new CoreClient(core, 1), new DescribeClusterRequest());
            AskAll(core, new CoreClient(core, 1), new CreateTopicsRequest { Topics = [new() { Name = "t", NumPartitions = 1, ReplicationFactor = 1 }, new() { Name = "new", NumPartitions = 1, ReplicationFactor = 1 }] });
            AskAll(core, new CoreClient(core, 1), new CreatePartitionsRequest { Topics = [new() { Name = "t", Count = 1 }] });
            AskAll(core, new CoreClient(core, 1), new ElectLeadersRequest { TopicPartitions = null });
            AskAll(core, new CoreClient(core, 1), new AlterPartitionReassignmentsRequest { Topics = [new() { Name = "t", Partitions = [new() { PartitionIndex = 0, Replicas = null }] }] });
            AskAll(core, new CoreClient(core, 1), new ListPartitionReassignmentsRequest());
            AskAll(core, new CoreClient(core, 1), new DescribeQuorumRequest { Topics = [new() { TopicName = MetadataLog, Partitions = [new() { PartitionIndex = 0 }] }] });
            AskAll(core, new CoreClient(core, 1), new UpdateFeaturesRequest { FeatureUpdates = [new() { Feature = "metadata.version", MaxVersionLevel = 999 }] });
            AskAll(core, new CoreClient(core, 1), new DescribeConfigsRequest { Resources = [new() { ResourceType = 2, ResourceName = "t", ConfigurationKeys = null }, new() { ResourceType = 4, ResourceName = "1", ConfigurationKeys = null }] });
            AskAll(core, new CoreClient(core, 1), new IncrementalAlterConfigsRequest { Resources = [new() { ResourceType = 2, ResourceName = "t" }] });
            AskAll(core, new CoreClient(core, 1), new AlterConfigsRequest { Resources = [new() { ResourceType = 2, ResourceName = "t" }] });
            AskAll(core, new CoreClient(core, 1), new DescribeClientQuotasRequest());
            AskAll(core, new CoreClient(core, 1), new AlterClientQuotasRequest { Entries = [new() { Entity = [new() { EntityType = "user", EntityName = null }] }] });
            AskAll(core, new CoreClient(core, 1), new DescribeAclsRequest { ResourceNameFilter = null });
            AskAll(core, new CoreClient(core, 1), new CreateAclsRequest { Creations = [new()] });
            AskAll(core, new CoreClient(core, 1), new DeleteAclsRequest { Filters = [new()] });
            AskAll(core, new CoreClient(core, 1), new DeleteTopicsRequest());
        }
    }

    private static void AskAll<TResponse>(ClusterCore core, CoreClient client, IKafkaRequest<TResponse> request)
        where TResponse : IKafkaResponse<TResponse>
    {
        var advertised = Advertisement.Of(core.World, core.World.Nodes.Find(1)!.Life!, ListenerKind.Broker)[request.Api];
        for (var version = Math.Max(advertised.Min, request.SpokenVersions.Min); version <= advertised.Max; version++)
        {
            Assert.NotNull(client.Ask(request, version));
        }
    }
}
