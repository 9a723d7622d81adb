using Metamorph.Model;

namespace Metamorph.Releases.Tests;

public sealed class UpgradePathsTests
{
    [Theory]
    [InlineData("3.5.2", "3.9.2", 11)]
    [InlineData("3.9.2", "4.3.1", 21)]
    [InlineData("3.4.1", "4.3.1", 8)]
    [InlineData("3.4.0", "4.3.1", 7)]
    [InlineData("4.2.0", "4.3.1", 29)]
    [InlineData("4.3.0", "4.3.1", 30)]
    [InlineData("3.0.2", "3.9.2", 0)]
    public void A_supported_KRaft_upgrade_is_not_refused(string from, string to, short metadata) =>
        Assert.False(Judge(from, to, metadata).IsRefused);

    [Theory]
    [InlineData("3.9.2", "4.5.0", 21, false, "target-unknown")]
    [InlineData("4.3.1", "4.4.0", 30, false, "target-unreleased")]
    [InlineData("2.7.2", "3.9.2", 0, true, "source-unknown")]
    [InlineData("4.5.0", "4.5.1", 30, false, "source-unknown")]
    [InlineData("3.9.2", "3.9.1", 21, false, "target-older")]
    [InlineData("3.5.2", "3.9.2", 0, true, "zookeeper-mode")]
    [InlineData("3.9.2", "4.3.1", 0, true, "zookeeper-to-4")]
    [InlineData("2.8.2", "3.9.2", 0, false, "kraft-early-access")]
    [InlineData("3.0.2", "4.3.1", 7, false, "kraft-preview-to-4")]
    [InlineData("3.2.3", "4.3.1", 7, false, "kraft-preview-to-4")]
    [InlineData("3.3.2", "4.3.1", 7, false, "stop-needed")]
    [InlineData("3.9.2", "4.3.1", 6, false, "metadata-version-too-low")]
    [InlineData("3.9.2", "4.3.1", 0, false, "metadata-version-too-low")]
    [InlineData("3.8.1", "3.9.2", 22, false, "metadata-version-beyond-target")]
    [InlineData("4.1.2", "4.2.0", 27, false, "advisory-kafka-20322")]
    [InlineData("3.4.1", "3.5.1", 8, false, "advisory-kafka-15353")]
    public void A_path_that_would_harm_is_refused(string from, string to, short metadata, bool zooKeeper, string code) =>
        Assert.Contains(
            Judge(from, to, metadata, zooKeeper).Findings,
            finding => finding.Code == code && finding.Severity == FindingSeverity.Refusal);

    // The other side of each edge above.
    [Theory]
    [InlineData("3.9.2", "4.3.1", 7, "metadata-version-too-low")]
    [InlineData("3.9.2", "3.9.2", 1, "metadata-version-too-low")]
    [InlineData("3.4.0", "4.3.1", 8, "stop-needed")]
    [InlineData("3.3.2", "3.9.2", 7, "stop-needed")]
    [InlineData("3.2.3", "3.9.2", 0, "kraft-preview-to-4")]
    [InlineData("3.8.1", "3.9.2", 21, "metadata-version-beyond-target")]
    [InlineData("4.1.2", "4.2.1", 27, "advisory-kafka-20322")]
    [InlineData("3.4.1", "3.5.2", 8, "advisory-kafka-15353")]
    [InlineData("4.3.1", "4.3.1", 30, "target-older")]
    [InlineData("4.2.0", "4.3.1", 29, "advisory-kafka-19851")]
    [InlineData("3.9.2", "4.0.3", 21, "advisory-kafka-19851")]
    [InlineData("4.0.2", "4.1.2", 25, "old-clients")]
    [InlineData("3.5.2", "3.6.1", 11, "advisory-3.6.0-transactions")]
    [InlineData("3.5.2", "3.9.2", 11, "advisory-kafka-15353-source")]
    [InlineData("3.8.1", "3.9.2", 20, "advisory-kafka-17492")]
    [InlineData("3.8.1", "3.9.2", 20, "skips-minors")]
    [InlineData("4.3.0", "4.3.1", 30, "target-patch-unknown")]
    public void A_path_beside_the_edge_is_left_alone(string from, string to, short metadata, string code) =>
        Assert.DoesNotContain(code, Codes(Judge(from, to, metadata)));

    [Theory]
    [InlineData("3.9.2", "4.0.2", 21, "advisory-kafka-19851", FindingSeverity.Warning)]
    [InlineData("3.9.2", "4.1.2", 21, "advisory-kafka-19851", FindingSeverity.Warning)]
    [InlineData("3.9.2", "4.3.1", 21, "old-clients", FindingSeverity.Warning)]
    [InlineData("3.5.2", "3.6.0", 11, "advisory-3.6.0-transactions", FindingSeverity.Warning)]
    [InlineData("3.5.1", "3.9.2", 11, "advisory-kafka-15353-source", FindingSeverity.Warning)]
    [InlineData("3.8.0", "3.9.2", 20, "advisory-kafka-17492", FindingSeverity.Note)]
    [InlineData("3.5.2", "3.9.2", 11, "skips-minors", FindingSeverity.Note)]
    [InlineData("3.6.2", "3.7.2", 14, "strict-min-isr", FindingSeverity.Note)]
    [InlineData("4.1.2", "4.2.1", 27, "share-group-topic", FindingSeverity.Note)]
    [InlineData("4.3.1", "4.3.2", 30, "target-patch-unknown", FindingSeverity.Note)]
    public void What_an_operator_should_know_is_said(
        string from, string to, short metadata, string code, FindingSeverity severity) =>
        Assert.Contains(Judge(from, to, metadata).Findings, f => f.Code == code && f.Severity == severity);

    [Fact]
    public void Nothing_to_do_is_no_finding() => Assert.Empty(Judge("4.3.1", "4.3.1", 30).Findings);

    [Fact]
    public void A_roll_that_stopped_half_way_may_go_on() =>
        Assert.False(UpgradePaths.Judge(new(3, 9, 2), new(4, 3, 1), new(4, 3, 1), 21, zooKeeperMode: false).IsRefused);

    [Fact]
    public void A_third_release_in_the_middle_of_a_roll_is_warned_of() =>
        Assert.Contains("mixed-releases",
            Codes(UpgradePaths.Judge(new(3, 8, 1), new(3, 9, 2), new(4, 3, 1), 20, zooKeeperMode: false)));

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Going_back_is_told_to_be_possible_by_hand_only_within_the_older_range(short metadata, bool possible)
    {
        var finding = Judge("3.9.2", "3.8.1", metadata).Findings.Single(f => f.Code == "target-older");

        Assert.Equal(possible, finding.Remedy.Contains("by hand", StringComparison.Ordinal));
    }

    [Fact]
    public void A_low_metadata_version_is_raised_where_the_running_binary_can()
    {
        Assert.Contains("21 (3.9-IV0)", RemedyOf("metadata-version-too-low", Judge("3.9.2", "4.3.1", 4)), StringComparison.Ordinal);
        Assert.Contains("3.9.2 first", RemedyOf("metadata-version-too-low", Judge("3.1.2", "4.3.1", 0)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.8", "4.3", true, "3.9 4.3")]
    [InlineData("3.9", "4.3", true, "4.3")]
    [InlineData("2.8", "3.9", true, "3.9")]
    [InlineData("3.1", "4.3", false, "3.9 4.3")]
    [InlineData("3.3", "4.3", false, "3.9 4.3")]
    [InlineData("3.4", "4.3", false, "4.3")]
    [InlineData("3.5", "3.9", false, "3.9")]
    [InlineData("4.3", "4.3", false, "")]
    [InlineData("2.8", "4.3", false, "")]
    [InlineData("4.3", "4.4", false, "")]
    [InlineData("4.3", "4.2", false, "")]
    [InlineData("2.7", "4.3", true, "")]
    [InlineData("4.0", "4.3", true, "")]
    public void The_way_stops_only_where_it_must(string from, string to, bool zooKeeper, string hops) =>
        Assert.Equal(hops, string.Join(' ', UpgradePaths.Hops(ReleaseLine.Parse(from), ReleaseLine.Parse(to), zooKeeper)));

    [Fact]
    public void The_way_from_ZooKeeper_crosses_the_bridge_on_3_9()
    {
        var route = UpgradeRoute.Between(new(2, 8), new(4, 3), zooKeeperMode: true);

        Assert.Equal([HopKind.Roll, HopKind.MigrateToKRaft, HopKind.Roll], route.Hops.Select(hop => hop.Kind));
        Assert.All(route.Hops, hop => Assert.NotEmpty(hop.NoReturn));
    }

    // Whatever is asked: every leg of a way is one that the judge lets pass, given the level that the leg before set.
    [Fact]
    public void No_leg_of_a_KRaft_way_is_refused()
    {
        foreach (var from in ReleaseCatalog.Lines)
        {
            foreach (var to in ReleaseCatalog.Lines.Where(to => to.Line > from.Line))
            {
                foreach (var hop in UpgradeRoute.Between(from.Line, to.Line, zooKeeperMode: false).Hops)
                {
                    var (start, end) = (ReleaseCatalog.Find(hop.From).Value, ReleaseCatalog.Find(hop.To).Value);
                    var verdict = UpgradePaths.Judge(start.LatestPatch!.Value, start.LatestPatch.Value, end.LatestPatch!.Value,
                        start.MetadataVersion?.Max ?? 0, zooKeeperMode: false);
                    Assert.False(verdict.IsRefused, $"{hop.From} to {hop.To}");
                }
            }
        }
    }

    [Fact]
    public void Every_finding_says_what_it_found_and_what_it_expected()
    {
        var seen = new HashSet<string>();
        foreach (var from in SomeReleases())
        {
            foreach (var to in SomeReleases())
            {
                foreach (var zooKeeper in new[] { true, false })
                {
                    foreach (var finding in new short[] { 0, 6, 7, 21, 25, 30, 99 }
                        .SelectMany(level => UpgradePaths.Judge(from, from, to, level, zooKeeper).Findings))
                    {
                        seen.Add(finding.Code);
                        Assert.NotEmpty(finding.Found);
                        Assert.NotEmpty(finding.Expected);
                        Assert.NotEmpty(finding.Subject);
                        Assert.True(finding.Severity == FindingSeverity.Note || finding.Remedy.Length > 0, finding.Code);
                    }
                }
            }
        }

        Assert.True(seen.Count > 20, string.Join(' ', seen));
    }

    private static IEnumerable<KafkaRelease> SomeReleases() =>
        ReleaseCatalog.Lines
            .SelectMany(facts => Enumerable.Range(0, 4).Select(patch => new KafkaRelease(facts.Line.Major, facts.Line.Minor, patch)))
            .Append(new(2, 7, 0)).Append(new(5, 0, 0));

    private static PathVerdict Judge(string from, string to, short metadata, bool zooKeeper = false) =>
        UpgradePaths.Judge(KafkaRelease.Parse(from), KafkaRelease.Parse(from), KafkaRelease.Parse(to), metadata, zooKeeper);

    private static IEnumerable<string> Codes(PathVerdict verdict) => verdict.Findings.Select(finding => finding.Code);

    private static string RemedyOf(string code, PathVerdict verdict) => verdict.Findings.Single(f => f.Code == code).Remedy;
}
