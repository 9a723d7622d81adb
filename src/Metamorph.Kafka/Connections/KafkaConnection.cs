using System.Buffers.Binary;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Waiting;
using Metamorph.Model;

namespace Metamorph.Kafka.Connections;

/// <summary>
/// One connection to one node, with the API versions negotiated on it. Requests are pipelined; answers come in order.
/// </summary>
/// <remarks>
/// Versions are never shared between connections: in the middle of an upgrade every node may speak others. After any
/// failure of the stream all waiting requests fail alike, and the connection is of no further use.
/// </remarks>
public sealed class KafkaConnection : IAsyncDisposable
{
    /// <summary>
    /// The newest ApiVersions that shows features of minimum level 0 (KAFKA-17492) and asks for nothing else.
    /// </summary>
    private const short FirstApiVersions = 4;

    private readonly Stream stream;
    private readonly KafkaClientOptions options;
    private readonly TimeProvider time;
    private readonly FrameReader frames;
    private readonly Gate inFlight;
    private readonly Gate writing = new(1);
    private readonly Lock guard = new();
    private readonly Dictionary<int, TaskCompletionSource<byte[]>> pending = [];
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationToken closed;
    private readonly TaskCompletionSource brokenOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
        closed = closing.Token;
        frames = new FrameReader(stream, options.MaxResponseBytes);
        inFlight = new Gate(options.MaxInFlight);
        reading = ReadAnswersAsync();
    }

    public Endpoint Endpoint { get; }

    /// <summary>Whether a request can still be sent; when false, make another connection.</summary>
    public bool IsUsable => broken is null;

    /// <summary>Connects and negotiates versions.</summary>
    /// <exception cref="KafkaConnectionException">Nobody answered there in time. Nothing is left open.</exception>
    /// <exception cref="KafkaProtocolException">What answered is not Kafka.</exception>
    public static async Task<KafkaConnection> OpenAsync(
        Endpoint endpoint,
        ITransport transport,
        KafkaClientOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
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
                    endpoint.ToString(),
                    $"did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s",
                    innerException: e),
                IOException => new KafkaConnectionException(
                    endpoint.ToString(), $"cannot connect: {e.Message}", innerException: e),
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
    /// <exception cref="KafkaConnectionException">The stream broke, or the request could not be written and answered in
    /// time; whether the node did what was asked is not known. The connection is closed.</exception>
    /// <exception cref="KafkaProtocolException">The answer cannot be read, and the connection is closed; or the request
    /// cannot be said in the node's version, and the connection is as before.</exception>
    /// <exception cref="KafkaUnsupportedException">The node does not speak the API; the connection is as
    /// before.</exception>
    public Task<TResponse> SendAsync<TResponse>(IKafkaRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse> =>
        SendAsync(request, VersionFor(request.Api, request.SpokenVersions), options.RequestTimeout, cancellationToken);

    /// <summary>
    /// As <see cref="SendAsync{TResponse}(IKafkaRequest{TResponse}, CancellationToken)"/>, with a patience of its own: a
    /// fetch or a join waits at the broker.
    /// </summary>
    public Task<TResponse> SendAsync<TResponse>(
        IKafkaRequest<TResponse> request, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse> =>
        SendAsync(request, VersionFor(request.Api, request.SpokenVersions), timeout, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Break(new KafkaConnectionException(Endpoint.ToString(), "the connection was closed"));
        await reading;

        // Somebody else may have been the first to break it, and be still at it.
        await brokenOff.Task;
        closing.Dispose();
    }

    private async Task NegotiateAsync(CancellationToken cancellationToken)
    {
        var request = ClientSoftware.AskForVersions();
        var answer = await SendAsync(request, FirstApiVersions, options.ConnectTimeout, cancellationToken);
        if (answer.ErrorCode == ErrorCode.UnsupportedVersion)
        {
            // The node answered in version 0 with the range that it does speak (KIP-511).
            var spoken = answer.ApiKeys.FirstOrDefault(api => api.ApiKey == ApiKey.ApiVersions)?.MaxVersion ?? 0;
            var version = Math.Min(spoken, FirstApiVersions);
            answer = await SendAsync(request, version, options.ConnectTimeout, cancellationToken);
        }

        if (answer.ErrorCode != ErrorCode.None)
        {
            throw new KafkaErrorException(answer.ErrorCode, $"asking {Endpoint} for its API versions");
        }

        ranges = ApiRanges.Of(answer);
    }

    private async Task<TResponse> SendAsync<TResponse>(
        IKafkaRequest<TResponse> request, short version, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IKafkaResponse<TResponse>
    {
        await inFlight.EnterAsync(cancellationToken);
        try
        {
            var correlationId = Interlocked.Increment(ref lastCorrelationId);
            using var frame = Frames.EncodeRequest(request, version, correlationId, options.ClientId);
            var answer = await ExchangeAsync(frame.Memory, correlationId, (request.Api, timeout), cancellationToken);
            return Decode<TResponse>(answer, version);
        }
        finally
        {
            inFlight.Leave();
        }
    }

    /// <summary>
    /// Writes a request and awaits its answer, both on one timer: a frozen peer may not even take the request.
    /// </summary>
    private async ValueTask<byte[]> ExchangeAsync(
        ReadOnlyMemory<byte> request,
        int correlationId,
        (ApiKey Api, TimeSpan Timeout) patience,
        CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (guard)
        {
            pending.Add(correlationId, answer);
        }

        using var timer = time.CreateTimer(_ => GiveUp(answer, patience), null, patience.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            if (broken is { } reason)
            {
                throw Failure(reason);
            }

            await WriteAsync(request, cancellationToken);
            using var cancelling = cancellationToken.UnsafeRegister(
                static (waiting, token) => ((TaskCompletionSource<byte[]>)waiting!).TrySetCanceled(token), answer);
            return await answer.Task;
        }
        finally
        {
            Take(correlationId);
        }
    }

    private void GiveUp(TaskCompletionSource<byte[]> waiting, (ApiKey Api, TimeSpan Timeout) patience)
    {
        var late = $"did not answer {patience.Api} within {patience.Timeout.TotalSeconds:0.#} s";
        var reason = new KafkaConnectionException(Endpoint.ToString(), late, mayHaveArrived: true);
        if (waiting.TrySetException(reason))
        {
            Break(reason);
        }
    }

    /// <summary>Writes a whole frame. Where the stream breaks, this returns and the awaited answer says so.</summary>
    private async ValueTask WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await writing.EnterAsync(cancellationToken);
        try
        {
            // A frame that is half written would spoil the stream for all: only the end of the connection cancels it.
            await stream.WriteAsync(frame, closed);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Break(new KafkaConnectionException(
                Endpoint.ToString(), $"the connection broke: {e.Message}", mayHaveArrived: true, e));
        }
        finally
        {
            writing.Leave();
        }
    }

    private TResponse Decode<TResponse>(byte[] frame, short version)
        where TResponse : IKafkaResponse<TResponse>
    {
        // A node that does not know the version of ApiVersions answers in version 0 (KIP-511).
        var isAnsweredIn0 = TResponse.Key == ApiKey.ApiVersions
            && PeekError(frame) == (short)ErrorCode.UnsupportedVersion;
        try
        {
            return Frames.DecodeResponse<TResponse>(frame, isAnsweredIn0 ? (short)0 : version);
        }
        catch (KafkaProtocolException e)
        {
            Break(e);
            throw;
        }
    }

    private static short PeekError(byte[] frame) =>
        frame.Length >= 6 ? BinaryPrimitives.ReadInt16BigEndian(frame.AsSpan(4)) : (short)0;

    /// <summary>Runs for the life of the connection; every way out of it fails what still waits.</summary>
    private async Task ReadAnswersAsync()
    {
        try
        {
            while (await frames.ReadAsync(closed) is { } frame)
            {
                Deliver(frame);
            }

            Break(new KafkaConnectionException(Endpoint.ToString(), "the node closed the connection"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Break(new KafkaConnectionException(
                Endpoint.ToString(), $"the connection broke: {e.Message}", innerException: e));
        }
        catch (KafkaProtocolException e)
        {
            Break(e);
        }
    }

    private void Deliver(byte[] frame)
    {
        var correlationId = Frames.CorrelationIdOf(frame);
        if (Take(correlationId) is { } waiting)
        {
            waiting.TrySetResult(frame);
        }
        else if (correlationId > lastCorrelationId || correlationId <= 0)
        {
            throw new KafkaProtocolException($"an answer to the request {correlationId}, which was never sent");
        }

        // Else: the answer to a request whose caller has stopped waiting.
    }

    /// <summary>The first reason stays; everything that waits hears of it.</summary>
    private void Break(Exception reason)
    {
        if (Interlocked.CompareExchange(ref broken, reason, null) is null)
        {
            try
            {
                stream.Dispose();
                closing.Cancel();
                // In the order of asking, whatever the order of the table.
                foreach (var correlationId in Waiting())
                {
                    Take(correlationId)?.TrySetException(Failure(reason));
                }
            }
            finally
            {
                brokenOff.SetResult();
            }
        }
    }

    private int[] Waiting()
    {
        lock (guard)
        {
            return [.. pending.Keys.Order()];
        }
    }

    /// <summary>Who waits for an answer, and does so no longer; null: nobody.</summary>
    private TaskCompletionSource<byte[]>? Take(int correlationId)
    {
        lock (guard)
        {
            return pending.Remove(correlationId, out var waiting) ? waiting : null;
        }
    }

    private KafkaConnectionException Failure(Exception reason) =>
        new(Endpoint.ToString(), $"the connection is closed: {reason.Message}", mayHaveArrived: true, reason);
}
