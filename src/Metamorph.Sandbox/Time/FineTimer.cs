namespace Metamorph.Sandbox;

/// <summary>A timer that comes within a millisecond of its time.</summary>
/// <remarks>
/// The runtime's own reads a clock that moves in steps of 4 to 10 ms, which would make two nodes that are a third of a
/// millisecond apart thirty times as far. This one has a thread of its own, which sleeps until the time has come.
/// </remarks>
internal sealed class FineTimer : IDisposable
{
    private const long Never = long.MaxValue;

    /// <summary>A monitor, and not a <see cref="Lock"/>: the thread sleeps on it.</summary>
    private readonly object gate = new();
    private readonly TimeProvider time;
    private readonly Action fire;
    private long due = Never;
    private bool isDisposed;

    /// <param name="time">The clock, of which only the timestamps are used.</param>
    /// <param name="fire">Called on the timer's thread each time that the time has come.</param>
    public FineTimer(TimeProvider time, Action fire)
    {
        (this.time, this.fire) = (time, fire);
        new Thread(Run) { IsBackground = true, Name = "sandbox clock" }.UnsafeStart();
    }

    /// <summary>Fires once after a while, and not at the time that was set before.</summary>
    /// <param name="wait">How long; <see cref="Timeout.InfiniteTimeSpan"/>: not at all.</param>
    public void Change(TimeSpan wait)
    {
        lock (gate)
        {
            var before = due;
            due = wait == Timeout.InfiniteTimeSpan
                ? Never
                : time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);

            // Where it is later now, the thread finds so when it wakes.
            if (due < before)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>It does not fire any more; a call that has begun goes on.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (SleepUntilDue())
        {
            fire();
        }
    }

    /// <returns>False: nobody needs the timer any more.</returns>
    private bool SleepUntilDue()
    {
        lock (gate)
        {
            while (!isDisposed)
            {
                var left = due == Never ? Timeout.Infinite : MillisecondsUntil(due);
                if (left == 0)
                {
                    due = Never;
                    return true;
                }

                Monitor.Wait(gate, left);
            }

            return false;
        }
    }

    /// <summary>Rounded up: it must not come early.</summary>
    private int MillisecondsUntil(long timestamp) =>
        (int)Math.Clamp(Math.Ceiling(1000.0 * (timestamp - time.GetTimestamp()) / time.TimestampFrequency), 0, int.MaxValue);
}
