using System.Runtime.ExceptionServices;

namespace Metamorph.Sandbox;

/// <summary>Runs a core in virtual time, on the thread of everybody else.</summary>
public sealed class VirtualHost : CoreHost, IDisposable
{
    private readonly VirtualTime time;
    private readonly ITimer timer;

    /// <param name="core">What to run.</param>
    /// <param name="listeners">All the listeners it has.</param>
    /// <param name="time">The clock that all share.</param>
    public VirtualHost(ISteppedCore core, IEnumerable<ListenerId> listeners, VirtualTime time)
        : base(core, listeners)
    {
        this.time = time;
        timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wake();
    }

    public override DateTimeOffset Now => time.Now;

    protected override int Patience => int.MaxValue;

    protected override TimeSpan Grain => TimeSpan.Zero;

    /// <summary>Ends the run of the one thread: a simulation has no use for a sandbox with an error.</summary>
    public override void Report(Exception error)
    {
        var dispatch = ExceptionDispatchInfo.Capture(error);
        if (SynchronizationContext.Current is { } thread)
        {
            thread.Post(_ => dispatch.Throw(), null);
        }
        else
        {
            dispatch.Throw();
        }
    }

    public void Dispose()
    {
        Stop();
        timer.Dispose();
    }

    protected override void SetTimer(DateTimeOffset? next)
    {
        var wait = next is { } due ? due - time.Now : Timeout.InfiniteTimeSpan;
        timer.Change(next is not null && wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    protected override void HandOver() => throw new InvalidOperationException("the patience of one thread has no end");
}
