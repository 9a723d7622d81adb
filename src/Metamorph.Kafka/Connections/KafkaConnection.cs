using System.Buffers.Binary;
using System.Collections.Concurrent;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Kafka.Connections;

/// <summary>One connection to one node, with the API versions negotiated on it. Requests are pipelined; answers come in order.</summary>
/// <remarks>
/// Versions are never shared between connections: in the middle of an upgrade every node may speak others. After any
/// failure of the stream all waiting requests fail alike, and the connection is of no further use.
/// </remarks>
public sealed class KafkaConnection : IAsyncDisposable
{
    /// <summary>The newest ApiVersions that shows features of minimum level 0 (KAFKA-17492) and asks for nothing else.</summary>
    private const short FirstApiVersions = 4;

    private readonly Stream stream;
    private readonly KafkaClientOptions options;
    private readonly TimeProvider time;
    private readonly FrameReader frames;
    private readonly SemaphoreSlim inFlight;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ConcurrentDictionary<int, Pending> pending = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task reading;
    private Dictionary<ApiKey, VersionRange> ranges = [];
    private int lastCorrelationId;
    private Exception? broken;

    private KafkaConnection(Endpoint endpoint, Stream stream, KafkaClientOptions options, TimeProvider time)
    {
        Endpoint = endpoint;
        this.stream = stream;
        this.options = options;
        this.time = time;
        frames = new FrameReader(stream, options.MaxResponseBytes);
        inFlight = new SemaphoreSlim(options.MaxInFlight, options.MaxInFlight);
        reading = ReadAnswersAsync();
    }

    public Endpoint Endpoint { get; }

    /// <summary>Whether a request can still be sent; when false, make another connection.</summary>
    public bool IsUsable => broken is null;

    /// <summary>Connects and negotiates versions.</summary>
    /// <exception cref="KafkaConnectionException">Nobody answered there in time. Nothing is left open.</exception>
    /// <exception cref="KafkaProtocolException">What answered is not Kafka.</exception>
    public static async Task<KafkaConnection> OpenAsync(
        Endpoint endpoint, ITransport transport, KafkaClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        KafkaConnection? connection = null;
        try
        {
            var stream = await transport.ConnectAsync(endpoint, either.Token);
            connection = new KafkaConnection(endpoint, stream, options, time);
            await connection.NegotiateAsync(either.Token);
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw e switch
            {
                OperationCanceledException => new KafkaConnectionException(
                    endpoint.ToString(), $"did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s", innerException: e),
                IOException => new KafkaConnectionException(endpoint.ToString(), $"cannot connect: {e.Message}", innerException: e),
                _ => e,
            };
        }
    }

    /// <summary>The versions of an API that the node advertised; null: it does not have it.</summary>
    public VersionRange? RangeOf(ApiKey api) => ranges.TryGetValue(api, out var range) ? range : null;

    /// <summary>The version that both sides speak best.</summary>
    /// <exception cref="KafkaUnsupportedException">There is none.</exception>
    public short VersionFor(ApiKey api, VersionRange spoken) =>
        RangeOf(api)?.Intersect(spoken) is { } common
            ? common.Max
            : throw new KafkaUnsupportedException(api, Endpoint, RangeOf(api), spoken);

    /// <summary>Sends a request and awaits its answer.</summary>
    /// <exception cref="KafkaConnectionException">The stream broke or the answer did not come in time; whether the node did
    /// what was asked is not known. The connection is closed.</exception>
    /// <exception cref="KafkaProtocolException">The answer cannot be read. The connection is closed.</exception>
    /// <exception cref="KafkaUnsupportedException">The node does not speak the API; the connection is as before.</exception>
    public Task<TResponse> SendAsync<TResponse>(IKafkaRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse> =>
        SendAsync(request, VersionFor(request.Api, request.SpokenVersions), options.RequestTimeout, cancellationToken);

    /// <summary>As <see cref="SendAsync{TResponse}(IKafkaRequest{TResponse}, CancellationToken)"/>, with a patience of its own: a fetch or a join waits at the broker.</summary>
    public Task<TResponse> SendAsync<TResponse>(
        IKafkaRequest<TResponse> request, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse> =>
        SendAsync(request, VersionFor(request.Api, request.SpokenVersions), timeout, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Break(new KafkaConnectionException(Endpoint.ToString(), "the connection was closed"));
        await reading;
        closing.Dispose();
        inFlight.Dispose();
        writing.Dispose();
    }

    private async Task NegotiateAsync(CancellationToken cancellationToken)
    {
        var request = new ApiVersionsRequest { ClientSoftwareName = "metamorph", ClientSoftwareVersion = "0.1" };
        var answer = await SendAsync(request, FirstApiVersions, options.ConnectTimeout, cancellationToken);
        if (answer.ErrorCode == ErrorCode.UnsupportedVersion)
        {
            // The node answered in version 0 with the range that it does speak (KIP-511).
            var spoken = answer.ApiKeys.FirstOrDefault(api => api.ApiKey == ApiKey.ApiVersions)?.MaxVersion ?? 0;
            answer = await SendAsync(request, Math.Min(spoken, FirstApiVersions), options.ConnectTimeout, cancellationToken);
        }

        if (answer.ErrorCode != ErrorCode.None)
        {
            throw new KafkaErrorException(answer.ErrorCode, $"asking {Endpoint} for its API versions");
        }

        ranges = answer.ApiKeys.ToDictionary(api => api.ApiKey, api => new VersionRange(api.MinVersion, api.MaxVersion));
    }

    private async Task<TResponse> SendAsync<TResponse>(
        IKafkaRequest<TResponse> request, short version, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse>
    {
        await inFlight.WaitAsync(cancellationToken);
        var correlationId = Interlocked.Increment(ref lastCorrelationId);
        var answer = new Pending();
        try
        {
            pending[correlationId] = answer;
            if (broken is { } reason)
            {
                throw Failure(reason);
            }

            await WriteAsync(request, version, correlationId, cancellationToken);
            var frame = await answer.Frame.Task.WaitAsync(timeout, time, cancellationToken);
            return Decode<TResponse>(frame, version);
        }
        catch (TimeoutException e)
        {
            throw Break(new KafkaConnectionException(
                Endpoint.ToString(), $"did not answer {request.Api} within {timeout.TotalSeconds:0.#} s", mayHaveArrived: true, e));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw Break(new KafkaConnectionException(Endpoint.ToString(), $"the connection broke: {e.Message}", mayHaveArrived: true, e));
        }
        catch (KafkaProtocolException e)
        {
            throw Break(e);
        }
        finally
        {
            pending.TryRemove(correlationId, out _);
            inFlight.Release();
        }
    }

    private async Task WriteAsync<TResponse>(
        IKafkaRequest<TResponse> request, short version, int correlationId, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse>
    {
        using var frame = Frames.EncodeRequest(request, version, correlationId, options.ClientId);
        await writing.WaitAsync(cancellationToken);
        try
        {
            // A frame that is half written would spoil the stream for all: the deed is not cancelled, only the waiting.
            await stream.WriteAsync(frame.Memory, closing.Token);
        }
        catch (OperationCanceledException e) when (closing.IsCancellationRequested)
        {
            throw new IOException("the connection was closed while writing", e);
        }
        finally
        {
            writing.Release();
        }
    }

    private static TResponse Decode<TResponse>(byte[] frame, short version)
        where TResponse : IKafkaResponse<TResponse>
    {
        // A node that does not know the version of ApiVersions answers in version 0 (KIP-511).
        var isAnsweredIn0 = TResponse.Key == ApiKey.ApiVersions && PeekError(frame) == (short)ErrorCode.UnsupportedVersion;
        return Frames.DecodeResponse<TResponse>(frame, isAnsweredIn0 ? (short)0 : version);
    }

    private static short PeekError(byte[] frame) => frame.Length >= 6 ? BinaryPrimitives.ReadInt16BigEndian(frame.AsSpan(4)) : (short)0;

    /// <summary>Runs for the life of the connection; every way out of it fails what still waits.</summary>
    private async Task ReadAnswersAsync()
    {
        try
        {
            while (await frames.ReadAsync(closing.Token) is { } frame)
            {
                Deliver(frame);
            }

            Break(new KafkaConnectionException(Endpoint.ToString(), "the node closed the connection"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Break(new KafkaConnectionException(Endpoint.ToString(), $"the connection broke: {e.Message}", innerException: e));
        }
        catch (KafkaProtocolException e)
        {
            Break(e);
        }
    }

    private void Deliver(byte[] frame)
    {
        var correlationId = Frames.CorrelationIdOf(frame);
        if (pending.TryRemove(correlationId, out var waiting))
        {
            waiting.Frame.TrySetResult(frame);
        }
        else if (correlationId > lastCorrelationId || correlationId <= 0)
        {
            throw new KafkaProtocolException($"an answer to the request {correlationId}, which was never sent");
        }

        // Else: the answer to a request whose caller has stopped waiting.
    }

    /// <summary>The first reason stays; everything that waits hears of it.</summary>
    private Exception Break(Exception reason)
    {
        if (Interlocked.CompareExchange(ref broken, reason, null) is null)
        {
            closing.Cancel();
            stream.Dispose();
            foreach (var correlationId in pending.Keys)
            {
                if (pending.TryRemove(correlationId, out var waiting))
                {
                    waiting.Frame.TrySetException(Failure(reason));
                }
            }
        }

        return reason;
    }

    private KafkaConnectionException Failure(Exception reason) =>
        new(Endpoint.ToString(), $"the connection is closed: {reason.Message}", mayHaveArrived: true, reason);

    private sealed class Pending
    {
        public TaskCompletionSource<byte[]> Frame { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
