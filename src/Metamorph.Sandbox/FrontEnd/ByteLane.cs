using System.Threading.Tasks.Sources;

namespace Metamorph.Sandbox;

/// <summary>One direction of a stream in memory: holds as much as a socket's buffers would, and no more.</summary>
/// <remarks>
/// One reads and one writes at a time. Whoever waits continues on its own scheduler, never inside the other's call.
/// </remarks>
internal sealed class ByteLane : IValueTaskSource<int>
{
    /// <summary>About what Linux gives a loopback connection before a writer has to wait.</summary>
    private const int Capacity = 256 * 1024;

    private readonly Lock guard = new();
    private byte[] bytes = new byte[512];
    private int start;
    private int count;
    private readonly LaneWait reader;
    private readonly LaneWait writer;
    private Ending ending;

    /// <summary>Where the waiting reader wants its bytes.</summary>
    private Memory<byte> awaited;

    public ByteLane() => (reader, writer) = (new LaneWait(guard), new LaneWait(guard));

    private enum Ending
    {
        None,
        Written,
        Unread,
        Reset,
    }

    /// <summary>At least one byte; 0 at the end.</summary>
    /// <exception cref="IOException">The peer has reset the connection.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (guard)
        {
            if (TryTake(into.Span, out var taken))
            {
                return new ValueTask<int>(taken);
            }

            var wait = reader.Wait(cancellationToken);
            awaited = into;
            return new ValueTask<int>(this, wait);
        }
    }

    /// <exception cref="IOException">Nobody reads any more.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (guard)
        {
            return TryPut(ref from)
                ? ValueTask.CompletedTask
                : WaitToWriteAsync(new ValueTask(writer, writer.Wait(cancellationToken)), from, cancellationToken);
        }
    }

    /// <summary>Takes what the reader was woken for: whoever wakes it has put something there, or ended the lane.</summary>
    int IValueTaskSource<int>.GetResult(short token)
    {
        ((IValueTaskSource)reader).GetResult(token);
        lock (guard)
        {
            return TryTake(awaited.Span, out var taken)
                ? taken
                : throw new InvalidOperationException("a reader was woken for nothing");
        }
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => ((IValueTaskSource)reader).GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        ((IValueTaskSource)reader).OnCompleted(continuation, state, token, flags);

    /// <summary>The writer is done: what was written can still be read.</summary>
    public void EndWriting() => End(Ending.Written);

    /// <summary>The reader is done: what was not read is lost, and the writer hears of it. A read that waits comes to the end.</summary>
    public void EndReading() => End(Ending.Unread);

    /// <summary>The writer is gone: the reader hears of it at once, and what was not read is lost.</summary>
    public void Reset() => End(Ending.Reset);

    private async ValueTask WaitToWriteAsync(ValueTask woken, ReadOnlyMemory<byte> from, CancellationToken cancellationToken)
    {
        while (true)
        {
            await woken;
            lock (guard)
            {
                if (TryPut(ref from))
                {
                    return;
                }

                woken = new ValueTask(writer, writer.Wait(cancellationToken));
            }
        }
    }

    private bool TryTake(Span<byte> into, out int taken)
    {
        if (ending == Ending.Reset)
        {
            throw new IOException("connection reset by peer");
        }

        var isReady = count > 0 || ending != Ending.None || into.IsEmpty;
        taken = isReady && ending != Ending.Unread ? Take(into) : 0;
        return isReady;
    }

    /// <summary>Puts in what there is room for; true when that was all.</summary>
    private bool TryPut(ref ReadOnlyMemory<byte> from)
    {
        if (ending != Ending.None)
        {
            throw new IOException(ending == Ending.Reset ? "connection reset by peer" : "broken pipe");
        }

        from = from[Put(from.Span)..];
        return from.IsEmpty;
    }

    private void End(Ending how)
    {
        lock (guard)
        {
            ending = how > ending ? how : ending;
            reader.Wake();
            writer.Wake();
        }
    }

    private int Take(Span<byte> into)
    {
        var taken = Math.Min(into.Length, count);
        bytes.AsSpan(start, taken).CopyTo(into);
        (start, count) = (start + taken, count - taken);
        if (taken > 0)
        {
            writer.Wake();
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
            reader.Wake();
        }

        return put;
    }

    private void MakeRoom(int needed)
    {
        var room = needed > bytes.Length ? new byte[Math.Max(needed, 2 * bytes.Length)] : bytes;
        bytes.AsSpan(start, count).CopyTo(room);
        (bytes, start) = (room, 0);
    }
}
