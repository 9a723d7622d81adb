namespace Metamorph.Kafka.Routing;

/// <summary>Wakes one loop: when something happened, or when a time has come.</summary>
/// <remarks>A ring while nobody waits is kept, so nothing is missed between deciding and waiting.</remarks>
internal sealed class AlarmClock : IDisposable
{
    private readonly Lock guard = new();
    private readonly ITimer timer;
    private TaskCompletionSource? sleeper;
    private bool hasRung;

    public AlarmClock(TimeProvider time)
    {
        timer = time.CreateTimer(static clock => ((AlarmClock)clock!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes the loop, or lets its next wait end at once.</summary>
    public void Ring()
    {
        TaskCompletionSource? woken;
        lock (guard)
        {
            woken = sleeper;
            sleeper = null;
            hasRung = woken is null;
        }

        woken?.TrySetResult();
    }

    /// <summary>Waits for a ring, at most for <paramref name="patience"/>; null waits for a ring only.</summary>
    /// <remarks>One loop waits at a time. Waking without a cause is possible and harmless.</remarks>
    public Task WaitAsync(TimeSpan? patience)
    {
        lock (guard)
        {
            if (hasRung)
            {
                hasRung = false;
                return Task.CompletedTask;
            }

            sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            timer.Change(patience is { } wait ? WholeMilliseconds(wait) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return sleeper.Task;
        }
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Timers cut fractions off, and would wake the loop too early, over and over.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
}
