using Metamorph.SideBySide.Stories;

namespace Metamorph.SideBySide;

/// <summary>Stories, each on each of its releases.</summary>
internal static class Scenes
{
    public static TheoryData<string, string> Of(IEnumerable<string> stories)
    {
        var scenes = new TheoryData<string, string>();
        foreach (var story in stories.Select(Story.Named))
        {
            foreach (var release in story.Releases)
            {
                scenes.Add(story.Name, release);
            }
        }

        return scenes;
    }
}
