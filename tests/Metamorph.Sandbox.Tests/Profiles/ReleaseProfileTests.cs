using Metamorph.Kafka.Protocol;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Sandbox.Tests.Profiles;

public sealed class ReleaseProfileTests
{
    private static readonly IReadOnlySet<ApiKey> Everything = Enum.GetValues<ApiKey>().ToHashSet();

    public static TheoryData<string> Lines => new(ReleaseProfile.All.Select(profile => $"{profile.Line}"));

    [Fact]
    public void There_is_a_profile_for_every_released_line_with_KRaft_in_production() =>
        Assert.Equal(
            ["3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "4.0", "4.1", "4.2", "4.3"],
            ReleaseProfile.All.Select(profile => $"{profile.Line}"));

    [Theory]
    [InlineData("3.2.3")]
    [InlineData("4.4.0")]
    public void An_unknown_line_is_refused_by_name(string release) =>
        Assert.Contains(
            $"and not {release[..3]}",
            Assert.Throws<ArgumentOutOfRangeException>(() => ReleaseProfile.Of(KafkaRelease.Parse(release))).Message);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Each_listener_serves_the_versions_of_Kafkas_own_specification(string line)
    {
        var profile = Of(line);

        Assert.Equal(KafkaVersionTable.Of(profile.Line, "broker"), profile.ServedBy(ListenerKind.Broker));
        Assert.Equal(KafkaVersionTable.Of(profile.Line, "controller"), profile.ServedBy(ListenerKind.Controller));
    }

    [Theory]
    [InlineData("3.3", 49)]
    [InlineData("3.5", 51)]
    [InlineData("3.6", 55)]
    [InlineData("3.7", 57)]
    [InlineData("4.0", 61)]
    [InlineData("4.1", 73)]
    [InlineData("4.3", 75)]
    public void A_broker_advertises_all_but_telemetry(string line, int count) =>
        Assert.Equal(count, Of(line).AdvertisedBy(ListenerKind.Broker, Of(line), Everything).Count);

    [Fact]
    public void What_a_broker_forwards_is_cut_to_what_the_active_controller_serves()
    {
        var behindOld = Of("4.1").AdvertisedBy(ListenerKind.Broker, Of("3.9"), Everything);
        var behindOldest = Of("3.9").AdvertisedBy(ListenerKind.Broker, Of("3.8"), Everything);

        Assert.Equal(new VersionRange(0, 0), behindOld[ApiKey.AlterPartitionReassignments]);
        Assert.Equal(new VersionRange(0, 1), behindOld[ApiKey.UpdateFeatures]);
        Assert.Equal(new VersionRange(4, 18), behindOld[ApiKey.Fetch]);
        Assert.DoesNotContain(ApiKey.AddRaftVoter, behindOldest.Keys);
        Assert.Contains(ApiKey.DescribeTopicPartitions, behindOldest.Keys);
    }

    [Fact]
    public void A_broker_that_knows_no_controller_advertises_its_own_versions() =>
        Assert.Equal(
            new VersionRange(0, 1),
            Of("4.1").AdvertisedBy(ListenerKind.Broker, null, Everything)[ApiKey.AlterPartitionReassignments]);

    [Fact]
    public void An_API_that_is_not_there_is_not_advertised() =>
        Assert.Equal(
            [ApiKey.Fetch, ApiKey.ApiVersions],
            Of("4.3").AdvertisedBy(
                ListenerKind.Broker, Of("4.3"), new HashSet<ApiKey> { ApiKey.ApiVersions, ApiKey.Fetch, ApiKey.Vote }).Keys);

    [Fact]
    public void From_4_0_on_brokers_advertise_the_oldest_Produce_and_do_not_serve_it()
    {
        Assert.Equal(new VersionRange(0, 12), Of("4.0").AdvertisedBy(ListenerKind.Broker, null, Everything)[ApiKey.Produce]);
        Assert.Equal(new VersionRange(3, 12), Of("4.0").ServedBy(ListenerKind.Broker)[ApiKey.Produce]);
    }

    [Fact]
    public void Features_that_begin_at_zero_are_told_to_whoever_asks_in_version_4()
    {
        Assert.Equal([KafkaFeatures.MetadataVersion], Of("4.3").FeaturesAdvertisedIn(3).Keys);
        Assert.Equal(7, Of("4.3").FeaturesAdvertisedIn(4).Count);
    }

    [Fact]
    public void A_controller_before_3_9_never_learns_of_features_that_begin_at_zero()
    {
        Assert.Equal([KafkaFeatures.MetadataVersion], Of("4.1").FeaturesRegisteredWith(Of("3.8")).Keys);
        Assert.Contains(KafkaFeatures.GroupVersion, Of("4.1").FeaturesRegisteredWith(Of("3.9")).Keys);
    }

    [Fact]
    public void A_binary_cannot_run_with_a_level_outside_its_range()
    {
        var finalized = new Dictionary<string, short>
        {
            [KafkaFeatures.MetadataVersion] = 22,
            [KafkaFeatures.GroupVersion] = 1,
            [KafkaFeatures.ShareVersion] = 0,
        };

        Assert.Empty(Of("4.0").CannotRun(finalized));
        Assert.Equal([KafkaFeatures.MetadataVersion, KafkaFeatures.GroupVersion], Of("3.9").CannotRun(finalized));
    }

    [Theory]
    [InlineData("3.7", ReassignmentRule.AddedInSync)]
    [InlineData("3.8", ReassignmentRule.TargetInSync)]
    [InlineData("4.2", ReassignmentRule.TargetInSync)]
    [InlineData("4.3", ReassignmentRule.AddedInSyncTargetWhenShrinking)]
    public void A_reassignment_completes_by_the_rule_of_its_line(string line, ReassignmentRule rule) =>
        Assert.Equal(rule, Of(line).ReassignmentRule);

    [Theory]
    [InlineData("3.6", 3)]
    [InlineData("3.7", 2)]
    public void Min_ISR_is_capped_at_the_replicas_from_3_7_on(string line, int wanted) =>
        Assert.Equal(wanted, Of(line).EffectiveMinIsr(3, 2));

    [Fact]
    public void Sessions_outlive_a_clean_shutdown_and_are_polled_from_4_0_on()
    {
        Assert.False(Of("3.9").SessionSurvivesCleanShutdown);
        Assert.Equal(FencingTimer.AtDeadline, Of("3.9").FencingTimer);
        Assert.True(Of("4.0").SessionSurvivesCleanShutdown);
        Assert.Equal(FencingTimer.EveryEighthOfSession, Of("4.0").FencingTimer);
    }

    [Theory]
    [InlineData("3.6-IV0", "3.5-IV2")]
    public void The_leader_epoch_stays_through_a_shrink_from_3_6_IV0_on(string keeps, string bumps)
    {
        Assert.False(MetadataRules.BumpsLeaderEpochOnIsrShrink(Level(keeps)));
        Assert.True(MetadataRules.BumpsLeaderEpochOnIsrShrink(Level(bumps)));
    }

    [Fact]
    public void Log_dir_ids_begin_at_3_7_IV2_and_the_way_down_ends_there()
    {
        Assert.True(MetadataRules.HasLogDirIds(Level("3.7-IV2")));
        Assert.False(MetadataRules.HasLogDirIds(Level("3.7-IV1")));
        Assert.True(MetadataRules.CanLowerMetadataVersion(Level("3.9-IV0"), Level("3.7-IV2")));
        Assert.False(MetadataRules.CanLowerMetadataVersion(Level("3.9-IV0"), Level("3.7-IV1")));
        Assert.False(MetadataRules.CanLowerMetadataVersion(Level("4.3-IV0"), Level("4.2-IV1")));
    }

    private static ReleaseProfile Of(string line) => ReleaseProfile.Of(ReleaseLine.Parse(line));

    private static short Level(string name) => MetadataVersion.All.Single(level => level.Name == name).Level;
}
