using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class ConfigTests
{
    private const sbyte Topic = 2;
    private const sbyte Broker = 4;
    private const sbyte Logger = 8;
    private const sbyte Group = 32;
    private const sbyte Set = 0;
    private const sbyte Delete = 1;
    private const sbyte Append = 2;
    private const sbyte Subtract = 3;

    [Fact]
    public void An_override_of_a_topic_is_in_force_until_it_is_taken_away()
    {
        var core = WithTopic();

        Assert.Equal((ErrorCode.None, null), Alter(core, Topic, "t", ("retention.ms", Set, "1000"), ("min.insync.replicas", Set, "2")));
        Assert.Equal(("1000", (sbyte)1), Find(core, 2, Topic, "t", "retention.ms"));
        Assert.Equal(2, core.World.Controller.Partitions.MinIsrOf(core.World.Metadata.FindTopic("t")!));
        Assert.Equal((ErrorCode.None, null), Alter(core, Topic, "t", ("retention.ms", Delete, null)));

        Assert.Equal(("604800000", (sbyte)5), Find(core, 2, Topic, "t", "retention.ms"));
        Assert.Equal("2", Find(core, 2, Topic, "t", "min.insync.replicas").Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("retention.ms,min.insync.replicas")]
    public void Keys_that_there_are_not_are_told_nothing_of_and_change_no_later_answer(string key)
    {
        var core = WithTopic();
        var all = Describe(core, 2, Topic, "t").Configs.Length;

        Assert.Empty(Describe(core, 3, Topic, "t", key).Configs);
        Assert.Equal(all, Describe(core, 3, Topic, "t").Configs.Length);
        Assert.Equal(2, Describe(core, 3, Topic, "t", "retention.ms", "min.insync.replicas").Configs.Length);
    }

    [Fact]
    public void Lists_grow_and_shrink_and_nothing_else_does()
    {
        var core = WithTopic();
        const string Key = "leader.replication.throttled.replicas";

        Alter(core, Topic, "t", (Key, Append, "0:1"));
        Alter(core, Topic, "t", (Key, Append, "0:2,0:1"));
        Alter(core, Topic, "t", (Key, Subtract, "0:1"));

        Assert.Equal("0:2", core.World.Metadata.Configs.Find(ConfigOwner.Topic, "t", Key));
        Assert.Equal(
            (ErrorCode.InvalidConfig, "Can't APPEND to key retention.ms because its type is not LIST."),
            Alter(core, Topic, "t", ("retention.ms", Append, "1")));
    }

    [Theory]
    [InlineData(Topic, "nowhere", "retention.ms", "1", ErrorCode.UnknownTopicOrPartition, "The topic 'nowhere' does not exist.")]
    [InlineData(Topic, "t", "no.such", "1", ErrorCode.InvalidConfig, "Unknown topic config name: no.such")]
    [InlineData(Topic, "t", "retention.ms", "long", ErrorCode.InvalidConfig, "Invalid value long for configuration retention.ms: Not a number of type LONG")]
    [InlineData(Topic, "t", "unclean.leader.election.enable", "maybe", ErrorCode.InvalidConfig, "Invalid value maybe for configuration unclean.leader.election.enable: Expected value to be either true or false")]
    [InlineData(Topic, "t", "cleanup.policy", "burn", ErrorCode.InvalidConfig, "Invalid value burn for configuration cleanup.policy: String must be one of: compact, delete")]
    [InlineData(Broker, "2", "log.cleaner.threads", "2", ErrorCode.InvalidRequest, "Unexpected broker id, expected 1, but received 2")]
    [InlineData(Broker, "one", "log.cleaner.threads", "2", ErrorCode.InvalidRequest, "Node id must be an integer, but it is: one")]
    [InlineData(Broker, "1", "log.dirs", "/x", ErrorCode.InvalidRequest, "Cannot update these configs dynamically: Set(log.dirs)")]
    [InlineData(Broker, "1", "leader.replication.throttled.rate", "fast", ErrorCode.InvalidRequest, "Invalid value fast for configuration leader.replication.throttled.rate: Not a number of type LONG")]
    [InlineData(64, "x", "a", "b", ErrorCode.InvalidRequest, "Unknown resource type 64")]
    [InlineData(Topic, "t", "retention.ms", null, ErrorCode.InvalidRequest, "Null value not supported for : retention.ms")]
    public void What_cannot_be_set_is_refused_in_Kafkas_words(
        sbyte type, string name, string key, string? value, ErrorCode code, string words)
    {
        var core = WithTopic();

        Assert.Equal((code, words), Alter(core, type, name, (key, Set, value)));
    }

    [Fact]
    public void A_resource_given_twice_is_refused_twice()
    {
        var core = WithTopic();
        var resource = new IncrementalAlterConfigsRequest.Resource
        {
            ResourceType = Topic, ResourceName = "t", Configs = [new() { Name = "retention.ms", Value = "1" }],
        };

        var response = new CoreClient(core, 1).Ask(new IncrementalAlterConfigsRequest { Resources = [resource, resource] });

        Assert.Equal(2, response.Responses.Length);
        Assert.All(response.Responses, result => Assert.Equal(
            (ErrorCode.InvalidRequest, "Each resource must appear at most once."), (result.ErrorCode, result.ErrorMessage)));
    }

    [Fact]
    public void Replacing_takes_away_what_is_not_named()
    {
        var core = WithTopic();
        Alter(core, Topic, "t", ("retention.ms", Set, "1000"));

        new CoreClient(core, 1).Ask(new AlterConfigsRequest
        {
            Resources = [new() { ResourceType = Topic, ResourceName = "t", Configs = [new() { Name = "segment.bytes", Value = "1048576" }] }],
        });

        Assert.Equal(["segment.bytes"], core.World.Metadata.Configs.Of(ConfigOwner.Topic, "t").Keys);
    }

    [Fact]
    public void A_brokers_own_value_goes_before_that_of_all_brokers_and_that_before_its_file()
    {
        var core = TestCluster.Of("4.1.0", change: topology => topology with
        {
            Properties = topology.Properties.Add("log.cleaner.threads", "3"),
        });
        const string Key = "log.cleaner.threads";

        Assert.Equal(("3", (sbyte)4), Find(core, 1, Broker, "1", Key));
        Alter(core, Broker, "", (Key, Set, "4"));
        Assert.Equal(("4", (sbyte)3), Find(core, 1, Broker, "1", Key));
        Alter(core, Broker, "1", (Key, Set, "5"));

        Assert.Equal(("5", (sbyte)2), Find(core, 1, Broker, "1", Key));
        Assert.Equal(("4", (sbyte)3), Find(core, 2, Broker, "2", Key));
        Assert.Equal(("4", (sbyte)3), Find(core, 2, Broker, "", Key));
        Assert.Equal(("1", (sbyte)4), Find(core, 1, Broker, "1", "node.id"));
    }

    [Fact]
    public void A_throttle_shows_on_the_broker_while_it_is_set()
    {
        var core = TestCluster.Of("4.1.0");
        const string Key = "leader.replication.throttled.rate";

        Assert.Equal((ErrorCode.None, null), Alter(core, Broker, "1", (Key, Set, "1000")));
        Assert.Equal(("1000", (sbyte)2), Find(core, 1, Broker, "1", Key));
        Alter(core, Broker, "1", (Key, Delete, null));

        Assert.DoesNotContain(Describe(core, 1, Broker, "1").Configs, config => config.Name == Key);
    }

    [Fact]
    public void A_broker_answers_for_itself_alone()
    {
        var result = Describe(TestCluster.Of("4.1.0"), 1, Broker, "2");

        Assert.Equal(
            (ErrorCode.InvalidRequest, "Unexpected broker id, expected 1 or empty string, but received 2"), (result.ErrorCode, result.ErrorMessage));
    }

    [Fact]
    public void A_topic_that_is_not_there_has_no_configs() =>
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, Describe(TestCluster.Of("4.1.0"), 1, Topic, "nowhere").ErrorCode);

    [Fact]
    public void Levels_of_loggers_are_set_on_the_broker_that_is_asked()
    {
        var core = TestCluster.Of("4.1.0");

        Assert.Equal((ErrorCode.None, null), Alter(core, Logger, "1", ("kafka.controller", Set, "DEBUG")));
        Assert.Equal(("DEBUG", (sbyte)6), Find(core, 1, Logger, "1", "kafka.controller"));
        Assert.Equal("INFO", Find(core, 2, Logger, "2", "kafka.controller").Value);
        Assert.Equal(ErrorCode.InvalidConfig, Alter(core, Logger, "1", ("kafka.controller", Set, "LOUD")).Code);
    }

    [Fact]
    public void Groups_have_configs_from_4_0_on()
    {
        Assert.Equal("45000", Find(TestCluster.Of("4.1.0"), 1, Group, "g", "consumer.session.timeout.ms").Value);
        Assert.Equal(ErrorCode.InvalidRequest, Describe(TestCluster.Of("3.9.2"), 1, Group, "g").ErrorCode);
    }

    [Fact]
    public void With_eligible_leader_replicas_all_brokers_have_one_min_isr()
    {
        const string Key = "min.insync.replicas";
        var core = TestCluster.Of("4.3.1");

        Assert.Equal(("1", (sbyte)3), Find(core, 2, Broker, "2", Key));
        Assert.Equal(
            (ErrorCode.InvalidConfig, "Broker-level min.insync.replicas cannot be altered while ELR is enabled."),
            Alter(core, Broker, "1", (Key, Set, "2")));
        Assert.Equal(
            (ErrorCode.InvalidConfig, "Cluster-level min.insync.replicas cannot be removed while ELR is enabled."),
            Alter(core, Broker, "", (Key, Delete, null)));
        Assert.Equal((ErrorCode.None, null), Alter(core, Broker, "", (Key, Set, "2")));
        Assert.Equal(("2", (sbyte)3), Find(core, 2, Broker, "2", Key));
    }

    private static ClusterCore WithTopic() => TestCluster.Of("4.1.0", change: TestCluster.With(TestCluster.Topic("t", [1, 2, 3])));

    private static (ErrorCode Code, string? Words) Alter(
        ClusterCore core, sbyte type, string name, params (string Key, sbyte Op, string? Value)[] ops)
    {
        var response = new CoreClient(core, 1).Ask(new IncrementalAlterConfigsRequest
        {
            Resources =
            [
                new()
                {
                    ResourceType = type,
                    ResourceName = name,
                    Configs = [.. ops.Select(op => new IncrementalAlterConfigsRequest.Config { Name = op.Key, ConfigOperation = op.Op, Value = op.Value })],
                },
            ],
        });
        var result = Assert.Single(response.Responses);
        Assert.Equal((type, name), (result.ResourceType, result.ResourceName));
        return (result.ErrorCode, result.ErrorMessage);
    }

    private static (string? Value, sbyte Source) Find(ClusterCore core, int node, sbyte type, string name, string key)
    {
        var config = Describe(core, node, type, name).Configs.Single(config => config.Name == key);
        return (config.Value, config.ConfigSource);
    }

    private static DescribeConfigsResponse.ResourceResult Describe(
        ClusterCore core, int node, sbyte type, string name, params string[]? keys) =>
        new CoreClient(core, node).Ask(new DescribeConfigsRequest
        {
            Resources = [new() { ResourceType = type, ResourceName = name, ConfigurationKeys = keys }],
        }).Results[0];
}
