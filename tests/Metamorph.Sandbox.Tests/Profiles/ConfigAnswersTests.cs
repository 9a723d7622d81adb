using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.Profiles;

public sealed class ConfigAnswersTests
{
    [Fact]
    public void The_innermost_layer_wins_and_every_layer_is_told()
    {
        var answers = Answers("3.9", new()
        {
            Topic = Set("min.insync.replicas", "3"),
            DynamicDefault = Set("min.insync.replicas", "2"),
        });

        var minIsr = answers.OfTopic().Single(config => config.Name == "min.insync.replicas");

        Assert.Equal("3", minIsr.Value);
        Assert.Equal((sbyte)ConfigOrigin.Topic, minIsr.ConfigSource);
        Assert.Equal(["1 3", "3 2", "5 1"], minIsr.Synonyms.Select(synonym => $"{synonym.Source} {synonym.Value}"));
    }

    [Fact]
    public void Retention_in_hours_counts_until_a_finer_key_is_set()
    {
        Assert.Equal("604800000", Answers("4.3", new()).TopicValue("retention.ms"));
        Assert.Equal("60000", Answers("4.3", new() { Static = Set("log.retention.minutes", "1") }).TopicValue("retention.ms"));
        Assert.Equal("5", Answers("4.3", new() { DynamicBroker = Set("log.retention.ms", "5") }).TopicValue("retention.ms"));
        Assert.Equal("-1", Answers("4.3", new() { Static = Set("log.retention.hours", "-1") }).TopicValue("retention.ms"));
    }

    [Fact]
    public void A_password_is_never_told()
    {
        var answers = Answers("4.3", new() { Static = Set("ssl.key.password", "secret") });

        var password = answers.OfBroker().Single(config => config.Name == "ssl.key.password");

        Assert.True(password.IsSensitive);
        Assert.Null(password.Value);
        Assert.All(password.Synonyms, synonym => Assert.Null(synonym.Value));
    }

    [Fact]
    public void Defaults_follow_the_line()
    {
        Assert.Equal("1", Answers("3.9", new()).BrokerValue("num.recovery.threads.per.data.dir"));
        Assert.Equal("2", Answers("4.0", new()).BrokerValue("num.recovery.threads.per.data.dir"));
        Assert.DoesNotContain("inter.broker.protocol.version", Catalog("4.0").Broker.Keys);
        Assert.Equal("3.8-IV0", Catalog("3.8").Broker["inter.broker.protocol.version"].Default);
    }

    [Fact]
    public void Every_line_has_the_keys_that_the_sandbox_lives_by()
    {
        string[] needed =
        [
            "broker.heartbeat.interval.ms", "broker.session.timeout.ms", "replica.lag.time.max.ms", "min.insync.replicas",
            "default.replication.factor", "unclean.leader.election.enable", "leader.imbalance.check.interval.seconds",
        ];

        Assert.All(ReleaseProfile.All, profile => Assert.All(needed, key => Assert.NotNull(profile.Configs.Broker[key].Default)));
        Assert.All(
            ReleaseProfile.All,
            profile => Assert.All(
                profile.Configs.Topic.Values.Where(topic => topic.BrokerName is not null),
                topic => Assert.Contains(topic.BrokerName!, profile.Configs.Broker.Keys)));
    }

    private static ConfigAnswers Answers(string line, ConfigLayers layers) => new(Catalog(line), layers);

    private static ConfigCatalog Catalog(string line) => ReleaseProfile.Of(ReleaseLine.Parse(line)).Configs;

    private static Dictionary<string, string> Set(string key, string value) => new() { [key] = value };
}
