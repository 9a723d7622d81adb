namespace Metamorph.Sandbox;

/// <summary>
/// A clock that stands still until it is moved to the next timer. Timers fire in the order of (due, turn).
/// </summary>
/// <remarks>
/// The turn counts settings of timers, so timers that are due at the same instant fire in the order in which they were
/// set. Not thread-safe: it lives on the thread of its <see cref="OneThread"/>, and says so when used from another.
/// </remarks>
/// <param name="start">The time to begin at.</param>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, int Life), TimerPlace> timers = new();
    private long turn;

    /// <summary>What the clock shows.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next timer is due; null when there is none.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            DropEnded();
            return timers.TryPeek(out _, out var order) ? order.Due : null;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The only thread that may use this clock now; null: any.</summary>
    internal int? Thread { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(this, callback, state, dueTime, period);

    /// <summary>Does something later.</summary>
    public void In(TimeSpan delay, Action act) => _ = CreateTimer(_ => act(), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Moves to the next timer and fires it; false when there is none.</summary>
    public bool FireNext()
    {
        DropEnded();
        if (!timers.TryDequeue(out var next, out var order))
        {
            return false;
        }

        Now = order.Due > Now ? order.Due : Now;
        next.Timer.Fire();
        return true;
    }

    /// <summary>Throws when called from another thread than this clock's.</summary>
    private void CheckThread()
    {
        if (Thread is { } owner && owner != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"left the one thread: a timer is set or ended from another\n{Environment.StackTrace}");
        }
    }

    private void DropEnded()
    {
        while (timers.TryPeek(out var next, out _) && next.Timer.Life != next.Life)
        {
            timers.Dequeue();
        }
    }

    private void Enqueue(VirtualTimer timer, TimeSpan dueTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        var due = dueTime < DateTimeOffset.MaxValue - Now ? Now + dueTime : DateTimeOffset.MaxValue;
        timers.Enqueue((timer, timer.Life), new TimerPlace(due, ++turn));
    }

    private sealed class VirtualTimer : ITimer
    {
        private readonly VirtualTime time;
        private readonly TimerCallback callback;
        private readonly object? state;
        private TimeSpan period;
        private bool isDisposed;

        public VirtualTimer(VirtualTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.time, this.callback, this.state) = (time, callback, state);
            Change(dueTime, period);
        }

        /// <summary>Changing, firing or disposing a timer ends the life that it was queued with.</summary>
        public int Life { get; private set; }

        public void Fire()
        {
            Life++;
            if (period > TimeSpan.Zero)
            {
                time.Enqueue(this, period);
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.CheckThread();
            if (isDisposed)
            {
                return false;
            }

            Life++;
            this.period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.Enqueue(this, dueTime);
            }

            return true;
        }

        public void Dispose()
        {
            time.CheckThread();
            Life++;
            isDisposed = true;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
