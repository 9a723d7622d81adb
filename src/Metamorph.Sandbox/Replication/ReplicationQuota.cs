namespace Metamorph.Sandbox;

/// <summary>The rate of throttled replication, as Kafka measures it: eleven samples of one second (KIP-73).</summary>
/// <remarks>
/// What was counted is divided by the time since the oldest sample began, or one second (<c>SimpleRate</c>): beyond the
/// first fetches no burst goes through.
/// </remarks>
internal sealed class ReplicationQuota
{
    private const int Samples = 11;

    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(1);

    private readonly Queue<(DateTimeOffset Began, long Bytes)> samples = new();
    private DateTimeOffset began;
    private long newest;
    private long older;

    public void Record(DateTimeOffset now, long bytes)
    {
        if (now - began >= Sample)
        {
            samples.Enqueue((began, newest));
            older += newest;
            (began, newest) = (now, 0);
        }

        newest += bytes;
    }

    public bool IsExceeded(DateTimeOffset now, long bytesPerSecond)
    {
        while (samples.TryPeek(out var oldest) && (oldest.Bytes == 0 || now - oldest.Began >= Samples * Sample))
        {
            older -= samples.Dequeue().Bytes;
        }

        var isForgotten = now - began >= Samples * Sample;
        var since = samples.TryPeek(out var first) ? first.Began : isForgotten ? now : began;
        var elapsed = Math.Max((now - since).TotalSeconds, Sample.TotalSeconds);
        return (older + (isForgotten ? 0 : newest)) / elapsed > bytesPerSecond;
    }
}
