using Metamorph.Kafka.Connections;
using Metamorph.Model;

namespace Metamorph.Simulation;

/// <summary>Counts every byte that goes over the wire into a hash, in its order.</summary>
internal sealed class NotedTransport(ITransport inner) : ITransport
{
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a, eight bytes at a time.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    public long Bytes { get; private set; }

    public ValueTask<Stream> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var connecting = inner.ConnectAsync(endpoint, cancellationToken);
        return connecting.IsCompletedSuccessfully
            ? ValueTask.FromResult<Stream>(new NotedStream(connecting.Result, this))
            : throw new InvalidOperationException("connecting in memory does not wait");
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        var hash = Hash;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ BitConverter.ToUInt64(bytes)) * Prime;
        }

        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        Hash = hash;
    }

    private sealed class NotedStream(Stream inner, NotedTransport transport) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var got = await inner.ReadAsync(buffer, cancellationToken);
            transport.Note(buffer.Span[..got]);
            return got;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            transport.Note(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
