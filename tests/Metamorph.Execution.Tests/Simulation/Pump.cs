namespace Metamorph.Execution.Tests;

/// <summary>Runs everything on the calling thread, and lets time pass only when nothing else can run.</summary>
internal sealed class Pump(FakeTime time) : SynchronizationContext
{
    /// <summary>Longer than any story: a run that is still going then never ends.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();

    public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue((d, state));

    public T Run<T>(Func<Task<T>> begin)
    {
        var outer = Current;
        var until = time.Now + Longest;
        SetSynchronizationContext(this);
        try
        {
            var work = begin();
            while (!work.IsCompleted)
            {
                if (ready.TryDequeue(out var next))
                {
                    next.Callback(next.State);
                }
                else if (!time.FireNext() || time.Now > until)
                {
                    throw new InvalidOperationException($"at {time.Now:u} the run still goes on, and nothing moves it any more");
                }
            }

            return work.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Lets time pass for whoever acts without us.</summary>
    public void Wait(TimeSpan duration) => Run(async () =>
    {
        await Task.Delay(duration, time);
        return true;
    });
}
