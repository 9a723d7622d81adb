using System.Threading.Tasks.Sources;

namespace Metamorph.Sandbox;

/// <summary>Whoever waits at one end of a <see cref="ByteLane"/>: used over and over, by one at a time.</summary>
/// <remarks>All is called under the lane's lock. The waiter continues on its own scheduler.</remarks>
internal sealed class LaneWait(Lock guard) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> woken = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration registration;
    private bool isWaiting;

    /// <summary>Begins to wait.</summary>
    /// <returns>The token by which this is awaited.</returns>
    public short Wait(CancellationToken cancellationToken)
    {
        woken.Reset();
        isWaiting = true;
        registration = cancellationToken.UnsafeRegister(static (waiting, token) => ((LaneWait)waiting!).Cancel(token), this);
        return woken.Version;
    }

    public void Wake()
    {
        if (isWaiting)
        {
            isWaiting = false;
            woken.SetResult(true);
        }
    }

    private void Cancel(CancellationToken cancellationToken)
    {
        lock (guard)
        {
            if (isWaiting)
            {
                isWaiting = false;
                woken.SetException(new OperationCanceledException(cancellationToken));
            }
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Not under the lock: this waits for a cancellation that is just going on, which takes it.
        registration.Dispose();
        woken.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => woken.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        woken.OnCompleted(continuation, state, token, flags);
}
