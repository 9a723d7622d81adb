namespace Metamorph.Tests;

/// <summary>A stream whose reads end when it is closed, as a socket's do, before the one who closes it goes on.</summary>
internal sealed class WatchedStream(Stream inner, Action whenReadsHaveEnded) : Stream
{
    private readonly TaskCompletionSource<int> closed = new();

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await await Task.WhenAny(inner.ReadAsync(buffer, cancellationToken).AsTask(), closed.Task);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && closed.TrySetException(new ObjectDisposedException("this end was closed")))
        {
            whenReadsHaveEnded();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
