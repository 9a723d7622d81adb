using Metamorph.SideBySide.Recording;
using Metamorph.SideBySide.Stages;
using Metamorph.SideBySide.Stories;

namespace Metamorph.SideBySide;

/// <summary>Writes the recorded histories anew. Run by <c>./test record</c> only.</summary>
public sealed class RealRecordings(ITestOutputHelper output)
{
    /// <summary>The stories that <c>METAMORPH_RECORD</c> names, with blanks; otherwise all; on each of their releases.</summary>
    public static TheoryData<string, string> Wanted => Scenes.Of(
        Environment.GetEnvironmentVariable("METAMORPH_RECORD") is { Length: > 0 } named
            ? named.Split(' ')
            : Story.All.Select(story => story.Name));

    [Theory(Explicit = true)]
    [MemberData(nameof(Wanted))]
    public async Task Recording_of(string story, string release)
    {
        await using var stage = await RealStage.BeginAsync(Story.Named(story).StageOf(release));
        var lines = await Play.StoryAsync(Story.Named(story), release, stage);
        output.WriteLine(History.ToText(lines));
        Recorded.Write(story, release, lines);
    }
}
