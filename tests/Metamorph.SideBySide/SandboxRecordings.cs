using Metamorph.SideBySide.Recording;
using Metamorph.SideBySide.Stages;
using Metamorph.SideBySide.Stories;

namespace Metamorph.SideBySide;

/// <summary>The sandbox beside what was recorded of real brokers.</summary>
public sealed class SandboxRecordings(ITestOutputHelper output)
{
    public static TheoryData<string, string> EveryScene => Scenes.Of(Story.All.Select(story => story.Name));

    [Theory]
    [MemberData(nameof(EveryScene))]
    public void The_sandbox_does_what_real_brokers_did(string story, string release) => Compare(story, release, seed: 1);

    /// <summary>The same with other delays and other placements, for whoever has changed the sandbox.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(EveryScene))]
    public void It_does_so_whatever_the_dice_say(string story, string release)
    {
        for (var seed = 2UL; seed <= 8; seed++)
        {
            Compare(story, release, seed);
        }
    }

    private void Compare(string story, string release, ulong seed)
    {
        var told = Story.Named(story);
        var played = SandboxStage.Play(told.StageOf(release), seed, async stage =>
        {
            try
            {
                return await Play.StoryAsync(told, release, stage);
            }
            finally
            {
                output.WriteLine($"seed {seed}\n{string.Join('\n', stage.Log)}");
            }
        });
        output.WriteLine(History.ToText(played));

        // Equal, not fewer: an accepted difference that is gone has to leave the list.
        Assert.Equal(
            Lines(AcceptedDifferences.Of(story, release)),
            Lines(Comparison.Of(Recorded.Read(story, release), played, busyMachine: false)));
    }

    private static string Lines(IEnumerable<string> differences) =>
        string.Join('\n', differences.Order(StringComparer.Ordinal));
}
