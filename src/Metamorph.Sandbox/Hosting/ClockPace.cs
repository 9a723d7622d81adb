namespace Metamorph.Sandbox;

/// <summary>A cluster's time that runs so many times as fast as ours.</summary>
/// <param name="time">Our time.</param>
/// <param name="start">The cluster's time now.</param>
/// <param name="factor">How many of its seconds pass in one of ours.</param>
public sealed class ClockPace(TimeProvider time, DateTimeOffset start, double factor = 1)
{
    /// <summary>Beyond it a timer would overflow; it is set again when it fires.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly long began = time.GetTimestamp();

    /// <summary>Our time.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>The cluster's time.</summary>
    public DateTimeOffset Now => start + (Time.GetElapsedTime(began) * factor);

    /// <summary>How much of the cluster's time passes in the shortest time that our timers can wait: a millisecond.</summary>
    public TimeSpan Grain => TimeSpan.FromMilliseconds(1) * factor;

    /// <summary>The cluster's time runs as ours does, and shows the same.</summary>
    public static ClockPace Live(TimeProvider time) => new(time, time.GetUtcNow());

    /// <summary>How long, for us, until the cluster's time comes to <paramref name="due"/>.</summary>
    public TimeSpan Until(DateTimeOffset due) =>
        TimeSpan.FromMilliseconds(Math.Clamp((due - Now).TotalMilliseconds / factor, 0, LongestWait.TotalMilliseconds));
}
