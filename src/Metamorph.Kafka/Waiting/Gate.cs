namespace Metamorph.Kafka.Waiting;

/// <summary>Lets so many in at a time; the others wait in the order of their coming, each on its scheduler.</summary>
/// <remarks>
/// A <see cref="SemaphoreSlim"/> would do, but where there is a queue its waits go over the thread pool (decision 12).
/// </remarks>
internal sealed class Gate(int room)
{
    private readonly Lock guard = new();
    private readonly LinkedList<TaskCompletionSource> queue = new();
    private int free = room;

    /// <summary>Waits to be let in. Who was let in must <see cref="Leave"/>; who was cancelled must not.</summary>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> place;
        lock (guard)
        {
            if (free > 0)
            {
                free--;
                return Task.CompletedTask;
            }

            // Who is let in runs later and not inside Leave: it may hold whatever the leaver still holds.
            place = queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return QueueAsync(place, cancellationToken);
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave()
    {
        lock (guard)
        {
            while (queue.First is { } next)
            {
                queue.Remove(next);
                if (next.Value.TrySetResult())
                {
                    return;
                }
            }

            free++;
        }
    }

    private async Task QueueAsync(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        try
        {
            await place.Value.OrCancelledAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (guard)
            {
                if (place.List is not null)
                {
                    queue.Remove(place);
                }
            }

            throw;
        }
    }
}
