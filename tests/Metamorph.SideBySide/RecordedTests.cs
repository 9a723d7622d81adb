using Metamorph.SideBySide.Recording;
using Metamorph.SideBySide.Stories;

namespace Metamorph.SideBySide;

/// <summary>The files of real brokers, as they lie here.</summary>
public sealed class RecordedTests
{
    public static TheoryData<string, string> EveryScene => Scenes.Of(Story.All.Select(story => story.Name));

    [Theory]
    [MemberData(nameof(EveryScene))]
    public void Every_story_is_recorded_and_holds_its_bands(string story, string release) =>
        Assert.Empty(Comparison.Of(Recorded.Read(story, release), Recorded.Read(story, release), busyMachine: false));

    [Fact]
    public void Nothing_is_recorded_that_no_story_tells() => Assert.Equal(
        Story.All.SelectMany(story => story.Releases.Select(release => Recorded.PathOf(story.Name, release))).Order(),
        Recorded.Files().Order());

    [Fact]
    public void Every_accepted_difference_is_of_a_story_and_has_a_reason() => Assert.All(
        AcceptedDifferences.Rows(),
        row => Assert.Contains(row.Story, Story.All.Select(story => story.Name).Append("all")));
}
