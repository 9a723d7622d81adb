using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>A configuration key that a release line no longer knows.</summary>
/// <param name="Name">The key, as it stands in <c>server.properties</c> or among a topic's overrides.</param>
/// <param name="RemovedIn">The first line that does not know it.</param>
/// <param name="Loss">What silently changes for who had set it; empty when nothing does.</param>
/// <param name="Replacement">What to set instead; empty when there is nothing to set.</param>
public sealed record RemovedConfig(string Name, ReleaseLine RemovedIn, string Loss = "", string Replacement = "");
