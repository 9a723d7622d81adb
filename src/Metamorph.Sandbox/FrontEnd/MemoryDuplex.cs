namespace Metamorph.Sandbox;

/// <summary>One end of a connection in memory. Closed, the peer reads to the end; reset, it does not.</summary>
/// <param name="input">What the peer writes.</param>
/// <param name="output">What the peer reads.</param>
internal sealed class MemoryDuplex(ByteLane input, ByteLane output) : Stream
{
    private bool isClosed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static (MemoryDuplex Near, MemoryDuplex Far) Pair()
    {
        var (there, back) = (new ByteLane(), new ByteLane());
        return (new MemoryDuplex(back, there), new MemoryDuplex(there, back));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        return input.ReadAsync(buffer, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        return output.WriteAsync(buffer, cancellationToken);
    }

    /// <summary>Ends the connection as the kernel ends that of a process that was killed.</summary>
    public void Reset()
    {
        isClosed = true;
        input.EndReading();
        output.Reset();
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isClosed)
        {
            isClosed = true;
            output.EndWriting();
            input.EndReading();
        }

        base.Dispose(disposing);
    }
}
