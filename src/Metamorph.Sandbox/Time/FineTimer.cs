namespace Metamorph.Sandbox;

/// <summary>A timer that comes within a millisecond of its time.</summary>
/// <remarks>
/// The runtime's own reads a clock that moves in steps of 4 to 10 ms, which would make two nodes that are a third of a
/// millisecond apart thirty times as far. This one has a thread of its own, which sleeps until the time has come.
/// </remarks>
internal sealed class FineTimer : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Action fire;
    private readonly AutoResetEvent sooner = new(false);
    private long due = long.MaxValue;
    private long wakesAt = long.MaxValue;
    private bool isDisposed;

    /// <param name="time">The clock, of which only the timestamps are used.</param>
    /// <param name="fire">Called on the timer's thread each time that the time has come.</param>
    public FineTimer(TimeProvider time, Action fire)
    {
        (this.time, this.fire) = (time, fire);
        new Thread(Run) { IsBackground = true, Name = "sandbox clock" }.Start();
    }

    /// <summary>Fires once after a while, and not at the time that was set before.</summary>
    /// <param name="wait">How long; <see cref="Timeout.InfiniteTimeSpan"/>: not at all.</param>
    public void Change(TimeSpan wait)
    {
        lock (gate)
        {
            due = wait == Timeout.InfiniteTimeSpan
                ? long.MaxValue
                : time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
            if (due < wakesAt && !isDisposed)
            {
                sooner.Set();
            }
        }
    }

    /// <summary>It does not fire any more; a call that has begun goes on.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                isDisposed = true;
                sooner.Set();
            }
        }
    }

    private void Run()
    {
        while (Left() is { } left)
        {
            if (left == 0)
            {
                fire();
            }
            else
            {
                sooner.WaitOne(left);
            }
        }

        sooner.Dispose();
    }

    /// <returns>
    /// How many milliseconds are left, rounded up; 0: the time has come, and is set to no other; -1: no time is set;
    /// null: the timer is not needed any more.
    /// </returns>
    private int? Left()
    {
        lock (gate)
        {
            var ticks = due == long.MaxValue ? long.MaxValue : due - time.GetTimestamp();
            wakesAt = due;
            if (ticks <= 0)
            {
                due = wakesAt = long.MaxValue;
            }

            return isDisposed ? null
                : ticks == long.MaxValue ? Timeout.Infinite
                : ticks <= 0 ? 0
                : (int)Math.Min(int.MaxValue, Math.Ceiling(1000.0 * ticks / time.TimestampFrequency));
        }
    }
}
