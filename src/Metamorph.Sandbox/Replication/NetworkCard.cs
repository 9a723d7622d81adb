namespace Metamorph.Sandbox;

/// <summary>What one broker can send, or take, of other brokers' records: a bucket that fills with time.</summary>
internal sealed class NetworkCard(long bytesPerSecond)
{
    /// <summary>A tenth of a second's worth can be saved up.</summary>
    private readonly long most = bytesPerSecond / 10;

    private long tokens = bytesPerSecond / 10;
    private DateTimeOffset filledAt;

    public long Available(DateTimeOffset now)
    {
        var fresh = (long)((now - filledAt).TotalSeconds * bytesPerSecond);
        if (fresh > 0)
        {
            tokens = Math.Min(most, tokens + Math.Min(most, fresh));
            filledAt = now;
        }

        return tokens;
    }

    public void Take(long bytes) => tokens -= bytes;
}
