namespace Metamorph.Traffic.Measuring;

/// <summary>Measures the longest time in which records were due and none was acknowledged.</summary>
/// <remarks>
/// A gap begins with an acknowledgement that leaves others outstanding, or, when none is outstanding, at the moment the
/// next record is due. It ends with an acknowledgement; a failure does not end it. Times are those of the run's clock.
/// Not thread-safe.
/// </remarks>
public sealed class GapMeter
{
    private long outstanding;
    private TimeSpan? since;
    private TimeSpan lastAck;

    /// <summary>The longest gap so far.</summary>
    public Gap Longest { get; private set; }

    /// <summary>A record became due and was handed to the producer.</summary>
    public void Due(TimeSpan intended)
    {
        outstanding++;

        // Handed over late, it may have been due while others were still being acknowledged: those were no gap.
        since ??= intended > lastAck ? intended : lastAck;
    }

    /// <summary>A record was acknowledged.</summary>
    public void Acked(TimeSpan now)
    {
        Look(now);
        outstanding--;
        lastAck = now;
        since = outstanding > 0 ? now : null;
    }

    /// <summary>A record failed: it is no longer waited for, but the time without acknowledgements goes on.</summary>
    public void Failed() => outstanding--;

    /// <summary>Counts a gap that is still open.</summary>
    public void Look(TimeSpan now)
    {
        if (since is { } begin && now - begin > Longest.Length)
        {
            Longest = new Gap(begin, now - begin);
        }
    }
}
