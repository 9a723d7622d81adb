namespace Metamorph.Sandbox;

/// <summary>Runs everything on the calling thread, and lets time pass only when nothing else can run.</summary>
/// <remarks>
/// What is posted runs in the order of posting. A post from another thread means that something has left this one, and
/// the order of things with it: the run fails, loudly. Such a post is dropped.
/// </remarks>
/// <param name="time">The clock to move.</param>
public sealed class OneThread(VirtualTime time) : SynchronizationContext
{
    /// <summary>
    /// How long a run that is stuck waits for whoever may have left, so as to name it. Only failing runs wait.
    /// </summary>
    private static readonly TimeSpan StrayPatience = TimeSpan.FromSeconds(1);

    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();
    private readonly object straying = new();
    private int thread = Environment.CurrentManagedThreadId;
    private string? stray;
    private bool isRunning;

    /// <summary>Longer than any run takes: one that still goes on then never ends. Default 30 days.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Called after each step, which is one thing that was posted or one timer: the place to check invariants.
    /// </summary>
    public Action? AfterStep { get; set; }

    /// <summary>How many steps have run.</summary>
    public long Steps { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == thread)
        {
            ready.Enqueue((d, state));
            return;
        }

        // Thrown here it would end the process from the thread pool; the run throws it instead.
        lock (straying)
        {
            stray ??= Environment.StackTrace;
            Monitor.PulseAll(straying);
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            Post(d, state);
            throw new InvalidOperationException("left the one thread: something is sent to it from another");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs until the work is done, moving time on as it must.</summary>
    /// <exception cref="InvalidOperationException">The work left the thread, cannot go on, or never ends.</exception>
    public T Run<T>(Func<Task<T>> begin)
    {
        if (isRunning)
        {
            throw new InvalidOperationException("the one thread runs already");
        }

        var outer = Current;
        thread = Environment.CurrentManagedThreadId;
        (isRunning, time.Thread) = (true, thread);
        SetSynchronizationContext(this);
        try
        {
            var work = begin();
            StepUntilDone(work);
            return work.GetAwaiter().GetResult();
        }
        finally
        {
            (isRunning, time.Thread) = (false, null);
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>As <see cref="Run{T}"/>, for work without a result.</summary>
    public void Run(Func<Task> begin) => Run(async () =>
    {
        await begin();
        return true;
    });

    /// <summary>Lets so much time pass, for whoever acts by itself.</summary>
    public void RunFor(TimeSpan duration) => Run(() => Task.Delay(duration, time));

    private void StepUntilDone(Task work)
    {
        var until = time.Now + Longest;
        while (!work.IsCompleted)
        {
            ThrowIfStrayed();
            if (ready.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
            else if (time.Now > until || !time.FireNext())
            {
                AwaitStray();
                ThrowIfStrayed();
                throw new InvalidOperationException(
                    $"at {time.Now:u} the run still goes on, and nothing moves it any more");
            }

            Steps++;
            AfterStep?.Invoke();
        }

        ThrowIfStrayed();
    }

    private void AwaitStray()
    {
        lock (straying)
        {
            if (stray is null)
            {
                Monitor.Wait(straying, StrayPatience);
            }
        }
    }

    private void ThrowIfStrayed()
    {
        if (Volatile.Read(ref stray) is { } where)
        {
            throw new InvalidOperationException(
                $"at {time.Now:u} something left the one thread; it came back here:\n{where}");
        }
    }
}
