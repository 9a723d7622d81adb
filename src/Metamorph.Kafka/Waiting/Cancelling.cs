namespace Metamorph.Kafka.Waiting;

/// <summary>Waits with cancellation, continuing where the waiter was and nowhere else.</summary>
/// <remarks>
/// <c>Task.WaitAsync(token)</c> on a source with asynchronous continuations goes over the thread pool even where the
/// waiter has a scheduler of its own (decision 12). Here the waiter awaits the source itself, and cancelling ends the
/// source: so a source must have one waiter, or waiters that give up together.
/// </remarks>
public static class Cancelling
{
    /// <summary>Waits for the source's result; cancelling cancels the source.</summary>
    public static async Task<T> OrCancelledAsync<T>(
        this TaskCompletionSource<T> source, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (waiting, token) => ((TaskCompletionSource<T>)waiting!).TrySetCanceled(token), source);
        return await source.Task;
    }

    /// <summary>Waits for the source to complete; cancelling cancels the source.</summary>
    public static async Task OrCancelledAsync(this TaskCompletionSource source, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), source);
        await source.Task;
    }
}
