namespace Metamorph.Kafka.Consuming;

/// <summary>How far one partition has been read.</summary>
internal sealed class FetchPosition(int partition, long next)
{
    private long next = next;

    public int Partition { get; } = partition;

    /// <summary>The offset of the record to read next. Everything before it has been handed to the application.</summary>
    public long Next
    {
        get => Interlocked.Read(ref next);
        set => Interlocked.Exchange(ref next, value);
    }

    /// <summary>Whether a request for it is on its way.</summary>
    public bool IsInFlight { get; set; }

    /// <summary>No request before this timestamp.</summary>
    public long NotBefore { get; set; } = long.MinValue;

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }
}
