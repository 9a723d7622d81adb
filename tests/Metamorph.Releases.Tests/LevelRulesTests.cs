using Metamorph.Model;

namespace Metamorph.Releases.Tests;

public sealed class LevelRulesTests
{
    [Theory]
    [InlineData("3.8", true)]
    [InlineData("3.9", false)]
    [InlineData("4.3", false)]
    public void Only_controllers_before_3_9_never_hear_of_features_that_start_at_0(string controller, bool without) =>
        Assert.Equal(without, RegistrationRules.RegistersWithoutZeroMinimumFeatures(ReleaseLine.Parse(controller)));

    [Theory]
    [InlineData("3.9", "")]
    [InlineData("4.0", "group.version transaction.version")]
    [InlineData("4.1", "eligible.leader.replicas.version group.version transaction.version")]
    public void Metadata_version_needs_no_new_registration_and_the_others_do(string target, string features) =>
        Assert.Equal(features, string.Join(' ', RegistrationRules.FeaturesNeedingNewRegistration(ReleaseLine.Parse(target))));

    [Theory]
    [InlineData(21, (short)17)]
    [InlineData(17, (short)17)]
    [InlineData(29, (short)23)]
    [InlineData(30, (short)30)]
    [InlineData(34, null)]
    [InlineData(0, null)]
    public void A_level_has_a_floor_where_it_is_known(short level, short? floor) =>
        Assert.Equal(floor, DowngradeRules.LosslessFloor(level));

    [Theory]
    [InlineData(21, 30, true, "4.3")]
    [InlineData(21, 25, true, "4.0")]
    [InlineData(25, 29, false, "4.0")]
    [InlineData(20, 21, false, "3.8")]
    [InlineData(11, 21, true, "3.7")]
    public void Raising_the_level_closes_the_way_back_where_records_changed(
        short before, short after, bool closes, string oldest)
    {
        var wayBack = DowngradeRules.WayBackAfter(before, after).Value;

        Assert.Equal(closes, wayBack.Closes);
        Assert.Equal(ReleaseLine.Parse(oldest), wayBack.OldestLine);
        Assert.StartsWith(closes ? "the way back closes" : "the way back stays open", wayBack.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_back_from_an_unknown_level_is_unknown() => Assert.False(DowngradeRules.WayBackAfter(21, 34).IsKnown);

    [Theory]
    [InlineData("3.9", 8, null)]
    [InlineData("4.0", 16, "java-too-old")]
    [InlineData("4.0", 17, null)]
    [InlineData("4.0", 25, "java-untested")]
    [InlineData("4.2", 25, null)]
    [InlineData("2.8", 17, "java-untested")]
    [InlineData("4.5", 17, "java-not-judged")]
    public void Java_is_judged_by_the_line(string line, int java, string? code) =>
        Assert.Equal(code, JavaRules.Judge(ReleaseLine.Parse(line), java, "node 1")?.Code);
}
