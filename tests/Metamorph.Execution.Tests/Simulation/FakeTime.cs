using Metamorph.Tests;

namespace Metamorph.Execution.Tests;

/// <summary>A clock that stands still until the pump moves it to the next timer.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly PriorityQueue<(FakeTimer Timer, int Life), (DateTimeOffset Due, long Turn)> timers = new();
    private long turn;

    public DateTimeOffset Now { get; private set; } = Clusters.Noon;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FakeTimer(this, callback, state, dueTime);

    /// <summary>Does something later.</summary>
    public void In(TimeSpan delay, Action act) => _ = CreateTimer(_ => act(), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Moves to the next timer and fires it; false when there is none.</summary>
    public bool FireNext()
    {
        while (timers.TryDequeue(out var next, out var order))
        {
            if (next.Timer.Life == next.Life)
            {
                Now = order.Due > Now ? order.Due : Now;
                next.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class FakeTimer : ITimer
    {
        private readonly FakeTime time;
        private readonly TimerCallback callback;
        private readonly object? state;

        public FakeTimer(FakeTime time, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            (this.time, this.callback, this.state) = (time, callback, state);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        /// <summary>Changing or disposing a timer ends the life that it was queued with.</summary>
        public int Life { get; private set; }

        public void Fire()
        {
            Life++;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Life++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.timers.Enqueue((this, Life), (time.Now + dueTime, ++time.turn));
            }

            return true;
        }

        public void Dispose() => Life++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
