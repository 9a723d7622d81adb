using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests;

/// <summary>
/// Many clients of one cluster, some of whom wait while others ask. Answers are encoded and decoded on the way.
/// </summary>
internal sealed class Crowd(ClusterCore core)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, Guest> guests = [];
    private long last = 1_000_000;

    public ClusterCore Core => core;

    public Guest Connect(int node, string clientId = "test")
    {
        var guest = new Guest(this, ++last, node, clientId);
        guests[last] = guest;
        Step(core.Now,
            new Input.Opened(guest.Connection, new ListenerId(new NodeId(node), ListenerKind.Broker), "127.0.0.1"));
        return guest;
    }

    public void Pass(TimeSpan time)
    {
        var until = core.Now + time;
        while (core.NextTimer is { } next && next <= until)
        {
            Step(next, new Input.Tick());
        }

        Step(until, new Input.Tick());
    }

    public void PassUntil(Func<bool> holds)
    {
        var until = core.Now + Patience;
        while (!holds())
        {
            if (core.NextTimer is not { } next || next > until)
            {
                throw new InvalidOperationException("what was waited for did not happen");
            }

            Step(next, new Input.Tick());
        }
    }

    public void Order(int node, NodeOrder order) => Step(core.Now, new Input.Ordered(new NodeId(node), order));

    /// <summary>Who coordinates a group, or with type 1 a transactional id; asks until somebody does.</summary>
    public int CoordinatorOf(string key, sbyte type = 0, int ask = 1)
    {
        var guest = Connect(ask);
        for (var attempts = 0; attempts < 100; attempts++)
        {
            var found = guest.Ask(new FindCoordinatorRequest
            {
                CoordinatorKeys = [key],
                KeyType = type,
            }, 4).Coordinators[0];
            if (found.ErrorCode == ErrorCode.None)
            {
                return found.NodeId;
            }

            Pass(TimeSpan.FromMilliseconds(100));
        }

        throw new InvalidOperationException($"nobody coordinates {key}");
    }

    /// <summary>A client of the coordinator, once that has read its log.</summary>
    public Guest ConnectTo(string key, sbyte type = 0, int ask = 1)
    {
        var guest = Connect(CoordinatorOf(key, type, ask));
        Pass(TimeSpan.FromMilliseconds(100));
        return guest;
    }

    internal void Step(DateTimeOffset now, Input input)
    {
        foreach (var output in core.Step(now, input).ToList())
        {
            switch (output)
            {
                case Output.Answered answered when guests.TryGetValue(answered.Connection, out var guest):
                    guest.Take(answered.Reply);
                    break;
                case Output.Ended ended when guests.TryGetValue(ended.Connection, out var guest):
                    guest.IsEnded = true;
                    break;
            }
        }
    }
}

/// <summary>One client's connection.</summary>
internal sealed class Guest(Crowd crowd, long connection, int node, string clientId)
{
    private int correlation;
    private Action<Reply?>? waiting;

    public long Connection => connection;

    public int Node => node;

    public bool IsEnded { get; set; }

    /// <summary>Asks without waiting.</summary>
    public Asked<TResponse> Begin<TResponse>(IKafkaRequest<TResponse> request, short? version = null)
        where TResponse : class, IKafkaResponse<TResponse>
    {
        var spoken = version ?? Newest(request);
        var asked = new Asked<TResponse>();
        waiting = reply =>
            asked.Value = Frames.DecodeResponse<TResponse>(reply!.Encode().Memory[sizeof(int)..], spoken);
        var header = new RequestHeader
        {
            RequestApiKey = (short)request.Api, RequestApiVersion = spoken, CorrelationId = ++correlation,
            ClientId = clientId,
        };
        crowd.Step(crowd.Core.Now, new Input.Asked(connection, header, request));
        return asked;
    }

    public TResponse Ask<TResponse>(IKafkaRequest<TResponse> request, short? version = null)
        where TResponse : class, IKafkaResponse<TResponse>
    {
        var asked = Begin(request, version);
        crowd.PassUntil(() => asked.IsDone || IsEnded);
        return asked.IsDone
            ? asked.Value!
            : throw new InvalidOperationException($"node {node} closed the connection on {request.Api} v{version}");
    }

    internal void Take(Reply? reply)
    {
        var now = waiting;
        waiting = null;
        now?.Invoke(reply);
    }

    private short Newest<TResponse>(IKafkaRequest<TResponse> request)
        where TResponse : class, IKafkaResponse<TResponse>
    {
        var world = crowd.Core.World;
        var advertised = Advertisement.Of(world, world.Nodes[new NodeId(node)].Life!, ListenerKind.Broker);
        return Math.Min(advertised[request.Api].Max, request.SpokenVersions.Max);
    }
}

/// <summary>An answer that may be there already.</summary>
internal sealed class Asked<TResponse>
    where TResponse : class
{
    public bool IsDone => Value is not null;

    public TResponse? Value { get; set; }
}
