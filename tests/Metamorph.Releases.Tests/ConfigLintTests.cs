using Metamorph.Model;

namespace Metamorph.Releases.Tests;

public sealed class ConfigLintTests
{
    private static readonly ReleaseLine V39 = new(3, 9);
    private static readonly ReleaseLine V43 = new(4, 3);

    [Fact]
    public void The_removed_keys_are_those_of_the_reference()
    {
        var removed = ReferenceFile.Read("removed-configs.json").GetProperty("removed").EnumerateArray()
            .Select(row => (Scope: row.GetProperty("scope").GetString(), Name: row.GetProperty("name").GetString()!,
                In: row.GetProperty("removedIn").GetString()!))
            .ToList();

        Assert.Equal(Of("broker"), RemovedConfigs.OfBrokers.Select(key => (key.Name, key.RemovedIn.ToString())).Order());
        Assert.Equal(Of("topic"), RemovedConfigs.OfTopics.Select(key => (key.Name, key.RemovedIn.ToString())).Order());

        IEnumerable<(string, string)> Of(string scope) =>
            removed.Where(row => row.Scope == scope).Select(row => (row.Name, row.In)).Order();
    }

    [Fact]
    public void A_plain_KRaft_file_has_nothing_to_say() =>
        Assert.Empty(Lint(V39, V43));

    [Theory]
    [InlineData("3.9", "4.0", "inter.broker.protocol.version", FindingSeverity.Note)]
    [InlineData("2.8", "3.0", "port", FindingSeverity.Warning)]
    [InlineData("3.9", "4.0", "delegation.token.master.key", FindingSeverity.Warning)]
    [InlineData("4.0", "4.1", "metadata.log.segment.min.bytes", FindingSeverity.Note)]
    public void A_key_that_is_silently_ignored_is_a_note_and_a_warning_where_something_is_lost(
        string from, string to, string key, FindingSeverity severity) =>
        Assert.Contains(
            Lint(ReleaseLine.Parse(from), ReleaseLine.Parse(to), (key, "1")),
            finding => finding.Code == "config-removed" && finding.Severity == severity);

    [Theory]
    [InlineData("4.0", "4.3", "inter.broker.protocol.version")]
    [InlineData("3.0", "3.9", "inter.broker.protocol.version")]
    [InlineData("4.1", "4.2", "group.share.enable")]
    public void A_key_that_goes_on_neither_end_of_the_way_is_left_alone(string from, string to, string key) =>
        Assert.DoesNotContain(Lint(ReleaseLine.Parse(from), ReleaseLine.Parse(to), (key, "1")), f => f.Code == "config-removed");

    [Theory]
    [InlineData("log.segment.bytes", "1048575", "4.0", true)]
    [InlineData("log.segment.bytes", "1048576", "4.0", false)]
    [InlineData("log.segment.bytes", "1048575", "3.9", false)]
    [InlineData("metadata.log.segment.bytes", "8388607", "4.1", true)]
    [InlineData("metadata.log.segment.bytes", "8388607", "4.0", false)]
    [InlineData("num.replica.fetchers", "0", "4.2", true)]
    [InlineData("remote.log.manager.copier.thread.pool.size", "-1", "4.0", true)]
    [InlineData("share.coordinator.snapshot.update.records.per.snapshot", "501", "4.3", true)]
    [InlineData("share.coordinator.snapshot.update.records.per.snapshot", "500", "4.3", false)]
    [InlineData("controller.quorum.append.linger.ms", "-1", "4.1", true)]
    public void A_number_that_keeps_a_node_from_starting_is_refused(string key, string value, string to, bool refused) =>
        Assert.Equal(refused, IsRefused(Lint(V39, ReleaseLine.Parse(to), (key, value)), "config-out-of-range"));

    [Fact]
    public void A_number_that_cannot_be_read_is_not_taken_for_good() =>
        Assert.Contains(Lint(V39, V43, ("log.segment.bytes", "${file:/x:y}")), f => f.Code == "config-not-judged");

    [Theory]
    [InlineData("process.roles", "config-roles-missing")]
    [InlineData("node.id", "config-id-missing")]
    public void What_4_0_demands_is_refused_when_it_is_missing_and_only_then(string key, string code)
    {
        Assert.True(IsRefused(Lint(V39, new(4, 0), (key, "")), code));
        Assert.False(IsRefused(Lint(new(3, 8), V39, (key, "")), code));
    }

    [Fact]
    public void A_broker_id_stands_in_for_a_node_id() =>
        Assert.False(IsRefused(Lint(V39, V43, ("node.id", ""), ("broker.id", "1")), "config-id-missing"));

    [Theory]
    [InlineData("authorizer.class.name", "kafka.security.authorizer.AclAuthorizer", "4.0", true, "config-class-gone")]
    [InlineData("authorizer.class.name", "kafka.security.authorizer.AclAuthorizer", "3.9", false, "config-class-gone")]
    [InlineData("authorizer.class.name", "kafka.security.auth.SimpleAclAuthorizer", "3.9", true, "config-class-gone")]
    [InlineData("listeners", "", "4.2", true, "config-empty-list")]
    [InlineData("listeners", "", "4.1", false, "config-empty-list")]
    [InlineData("sasl.oauthbearer.jwks.endpoint.url", "https://idp", "4.4", true, "config-oauth-unverified")]
    [InlineData("sasl.oauthbearer.jwks.endpoint.url", "https://idp", "4.3", false, "config-oauth-unverified")]
    public void What_keeps_a_node_from_starting_is_refused(string key, string value, string to, bool refused, string code) =>
        Assert.Equal(refused, IsRefused(Lint(V39, ReleaseLine.Parse(to), (key, value)), code));

    [Theory]
    [InlineData("com.example.Reporter", true)]
    [InlineData("com.example.Reporter, org.apache.kafka.common.metrics.JmxReporter", false)]
    public void Metrics_that_would_vanish_are_warned_of(string reporters, bool warned) =>
        Assert.Equal(warned, Lint(V39, V43, ("metric.reporters", reporters)).Any(f => f.Code == "config-jmx-metrics-gone"));

    [Fact]
    public void A_secret_is_never_shown() =>
        Assert.DoesNotContain(
            Lint(V39, V43, ("password.encoder.secret", "hunter2"), ("delegation.token.master.key", "hunter2"),
                ("zookeeper.ssl.keystore.password", "hunter2")),
            f => f.ToString().Contains("hunter2", StringComparison.Ordinal));

    [Theory]
    [InlineData("message.format.version", "3.9", "4.0", true)]
    [InlineData("message.downconversion.enable", "4.0", "4.3", true)]
    [InlineData("message.format.version", "3.5", "3.9", false)]
    public void A_removed_override_is_warned_of_as_long_as_it_is_there(string key, string from, string to, bool warned) =>
        Assert.Equal(warned, LintTopic(from, to, (key, "x")).Any(f =>
            f.Code == "topic-override-removed" && f.Severity == FindingSeverity.Warning && f.Remedy.Contains("delete", StringComparison.Ordinal)));

    [Theory]
    [InlineData("1048575", "4.1", true)]
    [InlineData("1048576", "4.1", false)]
    [InlineData("1048575", "4.0", false)]
    public void A_topic_with_segments_under_1_MiB_is_refused_from_4_1_on(string bytes, string to, bool refused) =>
        Assert.Equal(refused, IsRefused(LintTopic("3.9", to, ("segment.bytes", bytes)), "config-out-of-range"));

    [Fact]
    public void Every_finding_says_what_it_found_and_what_it_expected()
    {
        var everything = RemovedConfigs.OfBrokers.Select(key => (key.Name, "1"))
            .Concat(NumberRule.OfBrokers.Select(rule => (rule.Name, "-7")))
            .Append(("broker.id", "1")).Append(("listeners", "")).Append(("process.roles", ""));
        var findings = Lint(new(2, 8), new(4, 4), [.. everything])
            .Concat(LintTopic("2.8", "4.4", ("message.format.version", "2.0"), ("segment.bytes", "1")));

        Assert.All(findings, finding =>
        {
            Assert.NotEmpty(finding.Found);
            Assert.NotEmpty(finding.Expected);
            Assert.NotEmpty(finding.Remedy);
        });
    }

    private static bool IsRefused(IEnumerable<Finding> findings, string code) =>
        findings.Any(finding => finding.Code == code && finding.Severity == FindingSeverity.Refusal);

    private static IReadOnlyList<Finding> LintTopic(string from, string to, params (string Key, string Value)[] overrides) =>
        ConfigLint.LintTopicOverrides(
            "orders", overrides.ToDictionary(o => o.Key, o => o.Value), ReleaseLine.Parse(from), ReleaseLine.Parse(to));

    private static IReadOnlyList<Finding> Lint(ReleaseLine from, ReleaseLine to, params (string Key, string Value)[] changes)
    {
        var properties = new Dictionary<string, string> { ["process.roles"] = "broker", ["node.id"] = "1" };
        foreach (var (key, value) in changes)
        {
            properties[key] = value;
        }

        return ConfigLint.LintServerProperties(properties, from, to, "node 1");
    }
}
