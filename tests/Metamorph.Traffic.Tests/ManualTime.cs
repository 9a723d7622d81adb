namespace Metamorph.Traffic.Tests;

/// <summary>A clock that stands still until it is moved on; timers that come due on the way fire in order.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock guard = new();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on to the next timer and fires it; false when none is due until then.</summary>
    public bool TryFireNext(TimeSpan until)
    {
        ManualTimer? next;
        lock (guard)
        {
            next = timers.Where(timer => timer.At <= until).MinBy(timer => timer.At);
            now = next?.At is { } at ? (at > now ? at : now) : until;
            next?.At = null;
        }

        next?.Fire();
        return next is not null;
    }

    /// <summary>Moves on without firing anything, as a process that is not given the processor.</summary>
    public void Skip(TimeSpan by) => now += by;

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan? At { get; set; }

        public Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.guard)
            {
                time.timers.Remove(this);
                At = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
                time.timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time.guard)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
