using Metamorph.SideBySide.Recording;

namespace Metamorph.SideBySide.Stories;

/// <summary>A story could not be played to its end; the message has what happened until then.</summary>
public sealed class StoryFailedException(
    Story story, string release, IReadOnlyList<HistoryLine> lines, Exception failure)
    : Exception($"{story.Name} on {release}: {failure.Message}\n{History.ToText(lines)}", failure);
