namespace Metamorph.Traffic.Measuring;

/// <summary>Time since a run's first record was due: durations are monotonic, and moments have a Unix time as well.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private long began = time.GetTimestamp();

    public TimeProvider Time { get; } = time;

    /// <summary>When the first record was due.</summary>
    public DateTimeOffset Beginning { get; private set; } = time.GetUtcNow();

    /// <summary>Since then.</summary>
    public TimeSpan Now => Time.GetElapsedTime(began);

    /// <summary>The first record is due now. Nothing must have been measured before.</summary>
    public void Begin()
    {
        began = Time.GetTimestamp();
        Beginning = Time.GetUtcNow();
    }

    public long UnixMicros(TimeSpan moment) => (Beginning - DateTimeOffset.UnixEpoch + moment).Ticks / TimeSpan.TicksPerMicrosecond;

    public TimeSpan FromUnixMicros(long micros) =>
        TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond) - (Beginning - DateTimeOffset.UnixEpoch);
}
