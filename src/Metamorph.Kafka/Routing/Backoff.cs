namespace Metamorph.Kafka.Routing;

/// <summary>How long to wait before trying again: Kafka's own 100 ms, doubled each time up to a second.</summary>
/// <remarks>Without jitter: only a few clients of ours ever run, and a simulation replays them.</remarks>
internal static class Backoff
{
    private const int FirstMs = 100;
    private const int MaxMs = 1000;

    /// <param name="attempts">How many attempts have failed; at least 1.</param>
    public static TimeSpan After(int attempts) =>
        TimeSpan.FromMilliseconds(Math.Min(MaxMs, FirstMs << Math.Clamp(attempts - 1, 0, 4)));
}
