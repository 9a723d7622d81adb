using Metamorph.SideBySide.Recording;
using Metamorph.SideBySide.Stages;
using Metamorph.SideBySide.Stories;

namespace Metamorph.SideBySide;

/// <summary>Real brokers beside what was recorded of them, and the recording itself.</summary>
public sealed class RealRecordings(ITestOutputHelper output)
{
    /// <summary>
    /// The stories that <c>METAMORPH_RECORD</c> names, with blanks; otherwise all; on each of their releases.
    /// </summary>
    public static TheoryData<string, string> Wanted => Scenes.Of(
        Environment.GetEnvironmentVariable("METAMORPH_RECORD") is { Length: > 0 } named
            ? named.Split(' ')
            : Story.All.Select(story => story.Name));

    /// <summary>Two that need no session to lapse: the others take minutes, and are for <c>./test record</c>.</summary>
    [Theory]
    [InlineData("topics", "4.3.1")]
    [InlineData("preferred-election", "3.9.2")]
    public async Task Real_brokers_still_do_what_was_recorded(string story, string release)
    {
        var played = await PlayAsync(story, release);

        Assert.Empty(Comparison.Of(Recorded.Read(story, release), played, busyMachine: true));
    }

    /// <summary>Plays all, and compares each with its file.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Wanted))]
    public async Task Repetition(string story, string release)
    {
        var played = await PlayAsync(story, release);

        Assert.Empty(Comparison.Of(Recorded.Read(story, release), played, busyMachine: true));
    }

    /// <summary>Writes the files anew. A machine that is too busy for the bands records nothing.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Wanted))]
    public async Task Recording(string story, string release)
    {
        var played = await PlayAsync(story, release);

        Assert.Empty(Comparison.BandDifferences(played, busyMachine: false));
        Recorded.Write(story, release, played);
    }

    private async Task<IReadOnlyList<HistoryLine>> PlayAsync(string story, string release)
    {
        await using var stage = await RealStage.BeginAsync(Story.Named(story).StageOf(release));
        var played = await Play.StoryAsync(Story.Named(story), release, stage);
        output.WriteLine(History.ToText(played));
        return played;
    }
}
