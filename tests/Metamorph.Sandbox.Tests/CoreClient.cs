using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests;

/// <summary>
/// Asks one listener of a <see cref="ClusterCore"/>, and lets the time of the cluster pass until the answer is there.
/// Answers are encoded and decoded on the way, as those of a real client are.
/// </summary>
/// <remarks>Several clients may share a core: each takes only the answers to its own connection.</remarks>
internal sealed class CoreClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ClusterCore core;
    private readonly ListenerId listener;
    private long connection;
    private int correlation;

    public CoreClient(ClusterCore core, int node, ListenerKind kind = ListenerKind.Broker)
    {
        this.core = core;
        listener = new(new NodeId(node), kind);
        Reconnect();
    }

    /// <summary>Whether the node has closed the connection.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Connects anew.</summary>
    public void Reconnect()
    {
        connection = NextConnection();
        IsEnded = false;
        Take(core.Step(core.Now, new Input.Opened(connection, listener, "127.0.0.1")), null);
    }

    /// <summary>Asks in the newest version that the listener advertises and this build declares.</summary>
    public TResponse Ask<TResponse>(IKafkaRequest<TResponse> request)
        where TResponse : IKafkaResponse<TResponse> => Ask(request, NewestVersion(request));

    /// <summary>Asks, and lets time pass until the answer.</summary>
    /// <exception cref="InvalidOperationException">The connection was closed instead, or nobody answers.</exception>
    public TResponse Ask<TResponse>(IKafkaRequest<TResponse> request, short version)
        where TResponse : IKafkaResponse<TResponse>
    {
        var pending = Begin(request, version);
        var until = core.Now + Patience;
        while (!pending.IsDone)
        {
            if (IsEnded)
            {
                throw new InvalidOperationException($"{listener} closed the connection on {request.Api} v{version}");
            }

            var next = core.NextTimer ?? until;
            if (next >= until)
            {
                throw new InvalidOperationException($"{listener} does not answer {request.Api} v{version}");
            }

            Pass(next, pending);
        }

        return pending.Read();
    }

    /// <summary>Asks without waiting; see <see cref="Pass(DateTimeOffset, Pending)"/>.</summary>
    public Pending<TResponse> Begin<TResponse>(IKafkaRequest<TResponse> request, short version)
        where TResponse : IKafkaResponse<TResponse>
    {
        var pending = new Pending<TResponse>(version);
        var header = new RequestHeader
        {
            RequestApiKey = (short)request.Api, RequestApiVersion = version, CorrelationId = ++correlation, ClientId = "test",
        };
        Take(core.Step(core.Now, new Input.Asked(connection, header, request)), pending);
        return pending;
    }

    /// <summary>Lets the time come, and takes what was answered until then.</summary>
    public void Pass(DateTimeOffset until, Pending? pending = null) => Take(core.Step(until, new Input.Tick()), pending);

    /// <summary>The newest version that both sides have.</summary>
    public short NewestVersion<TResponse>(IKafkaRequest<TResponse> request)
        where TResponse : IKafkaResponse<TResponse>
    {
        var node = core.World.Nodes[listener.Node];
        var advertised = Advertisement.Of(core.World, node.Life!, listener.Kind);
        return advertised.TryGetValue(request.Api, out var range)
            ? Math.Min(range.Max, request.SpokenVersions.Max)
            : throw new InvalidOperationException($"{listener} does not advertise {request.Api}");
    }

    // Unique within the core, and the same in every run of a test.
    private long NextConnection()
    {
        var number = 1L;
        while (core.World.Connections.Find(number) is not null)
        {
            number++;
        }

        return number;
    }

    private void Take(IReadOnlyList<Output> outputs, Pending? pending)
    {
        foreach (var output in outputs)
        {
            switch (output)
            {
                case Output.Answered answered when answered.Connection == connection:
                    pending?.Take(answered.Reply);
                    break;
                case Output.Ended ended when ended.Connection == connection:
                    IsEnded = true;
                    break;
            }
        }
    }

    /// <summary>An answer that may be there already.</summary>
    internal abstract class Pending
    {
        public bool IsDone { get; private set; }

        protected Reply? Reply { get; private set; }

        public void Take(Reply? reply) => (IsDone, Reply) = (true, reply);
    }

    /// <inheritdoc cref="Pending"/>
    internal sealed class Pending<TResponse>(short version) : Pending
        where TResponse : IKafkaResponse<TResponse>
    {
        private const int SizeBytes = sizeof(int);

        /// <summary>Decodes the answer.</summary>
        public TResponse Read()
        {
            // Not given back to its pool: some answers keep the frame.
            var frame = Reply!.Encode();
            return Frames.DecodeResponse<TResponse>(frame.Memory[SizeBytes..], version);
        }
    }
}
