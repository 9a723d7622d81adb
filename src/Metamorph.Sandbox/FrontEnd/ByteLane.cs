using Metamorph.Kafka.Waiting;

namespace Metamorph.Sandbox;

/// <summary>One direction of a stream in memory: holds as much as a socket's buffers would, and no more.</summary>
/// <remarks>
/// One reads and one writes at a time. Whoever waits continues on its own scheduler, never inside the other's call.
/// </remarks>
internal sealed class ByteLane
{
    /// <summary>About what Linux gives a loopback connection before a writer has to wait.</summary>
    private const int Capacity = 256 * 1024;

    private readonly Lock guard = new();
    private byte[] bytes = new byte[512];
    private int start;
    private int count;
    private TaskCompletionSource? reader;
    private TaskCompletionSource? writer;
    private Ending ending;

    private enum Ending
    {
        None,
        Written,
        Unread,
        Reset,
    }

    /// <summary>At least one byte; 0 at the end.</summary>
    /// <exception cref="IOException">The peer has reset the connection.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TaskCompletionSource wait;
            lock (guard)
            {
                if (ending is Ending.Reset or Ending.Unread)
                {
                    throw new IOException("connection reset by peer");
                }

                if (count > 0 || ending == Ending.Written || into.IsEmpty)
                {
                    return Take(into.Span);
                }

                wait = reader = NewWait();
            }

            await wait.OrCancelledAsync(cancellationToken);
        }
    }

    /// <exception cref="IOException">Nobody reads any more.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> from, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TaskCompletionSource wait;
            lock (guard)
            {
                if (ending != Ending.None)
                {
                    throw new IOException(ending == Ending.Reset ? "connection reset by peer" : "broken pipe");
                }

                from = from[Put(from.Span)..];
                if (from.IsEmpty)
                {
                    return;
                }

                wait = writer = NewWait();
            }

            await wait.OrCancelledAsync(cancellationToken);
        }
    }

    /// <summary>The writer is done: what was written can still be read.</summary>
    public void EndWriting() => End(Ending.Written);

    /// <summary>The reader is done: what was not read is lost, and the writer hears of it.</summary>
    public void EndReading() => End(Ending.Unread);

    /// <summary>Both hear of it at once, and what was not read is lost.</summary>
    public void Reset() => End(Ending.Reset);

    private static TaskCompletionSource NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(Ending how)
    {
        lock (guard)
        {
            ending = how > ending ? how : ending;
            Wake(ref reader);
            Wake(ref writer);
        }
    }

    private int Take(Span<byte> into)
    {
        var taken = Math.Min(into.Length, count);
        bytes.AsSpan(start, taken).CopyTo(into);
        (start, count) = (start + taken, count - taken);
        if (taken > 0)
        {
            Wake(ref writer);
        }

        return taken;
    }

    private int Put(ReadOnlySpan<byte> from)
    {
        var put = Math.Min(from.Length, Capacity - count);
        if (start + count + put > bytes.Length)
        {
            MakeRoom(count + put);
        }

        from[..put].CopyTo(bytes.AsSpan(start + count));
        count += put;
        if (put > 0)
        {
            Wake(ref reader);
        }

        return put;
    }

    private void MakeRoom(int needed)
    {
        var room = needed > bytes.Length ? new byte[Math.Max(needed, 2 * bytes.Length)] : bytes;
        bytes.AsSpan(start, count).CopyTo(room);
        (bytes, start) = (room, 0);
    }

    private static void Wake(ref TaskCompletionSource? waiting)
    {
        waiting?.TrySetResult();
        waiting = null;
    }
}
