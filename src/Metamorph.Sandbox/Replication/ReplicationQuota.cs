namespace Metamorph.Sandbox;

/// <summary>The rate of throttled replication, as Kafka measures it: eleven samples of one second (KIP-73).</summary>
/// <remarks>
/// A window that is not full yet counts as ten seconds (<c>Rate.windowSize</c>), which lets a burst through at first.
/// </remarks>
internal sealed class ReplicationQuota
{
    private const int Samples = 11;

    private readonly Queue<(long Second, long Bytes)> samples = new();
    private long sum;

    public void Record(DateTimeOffset now, long bytes)
    {
        Forget(now);
        samples.Enqueue((now.ToUnixTimeSeconds(), bytes));
        sum += bytes;
    }

    public bool IsExceeded(DateTimeOffset now, long bytesPerSecond)
    {
        Forget(now);
        return sum / (double)(Samples - 1) > bytesPerSecond;
    }

    private void Forget(DateTimeOffset now)
    {
        while (samples.TryPeek(out var oldest) && oldest.Second <= now.ToUnixTimeSeconds() - Samples)
        {
            sum -= samples.Dequeue().Bytes;
        }
    }
}
