namespace Metamorph.Sandbox;

/// <summary>What the cluster will do by itself, in the order of time, and of asking where times are the same.</summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<CoreTimer, TimerPlace> queue = new();
    private long turn;

    /// <summary>When the next timer is due; null when there is none.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            DropCancelled();
            return queue.TryPeek(out _, out var order) ? order.Due : null;
        }
    }

    public CoreTimer At(DateTimeOffset due, Action act)
    {
        var timer = new CoreTimer(act);
        queue.Enqueue(timer, new TimerPlace(due, ++turn));
        return timer;
    }

    /// <summary>Takes the next timer that is due by <paramref name="now"/>.</summary>
    public bool TryTake(DateTimeOffset now, out CoreTimer timer, out DateTimeOffset due)
    {
        DropCancelled();
        if (queue.TryPeek(out timer!, out var order) && order.Due <= now)
        {
            queue.Dequeue();
            due = order.Due;
            return true;
        }

        due = default;
        return false;
    }

    private void DropCancelled()
    {
        while (queue.TryPeek(out var timer, out _) && timer.IsCancelled)
        {
            queue.Dequeue();
        }
    }
}

/// <summary>Something to be done later, unless it is cancelled first.</summary>
internal sealed class CoreTimer(Action act)
{
    private Action? act = act;

    public bool IsCancelled => act is null;

    public void Cancel() => act = null;

    public void Fire()
    {
        var now = act;
        act = null;
        now?.Invoke();
    }
}
