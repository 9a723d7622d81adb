using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.FrontEnd;

/// <summary>A core of one or more nodes that answers each API as a test says, after a latency, and obeys a few orders.</summary>
internal sealed class StubCore : ISteppedCore
{
    private readonly Dictionary<ApiKey, Func<IKafkaMessage, Input.Asked, Reply?>> apis = [];
    private readonly PriorityQueue<Output, (DateTimeOffset Due, long Turn)> later = new();
    private readonly Dictionary<ListenerId, ListenerMode> modes;
    private readonly Dictionary<long, ListenerId> open = [];
    private readonly List<Output> outputs = [];
    private long turn;

    public StubCore(params int[] nodes)
    {
        modes = nodes.ToDictionary(Listener, _ => ListenerMode.Open);
        On<ApiVersionsRequest, ApiVersionsResponse>(_ => new ApiVersionsResponse
        {
            ApiKeys = [.. apis.Keys.Select(key => new ApiVersionsResponse.ApiVersion
            {
                ApiKey = key, MinVersion = DeclaredApis.Find(key)!.Versions.Min, MaxVersion = DeclaredApis.Find(key)!.Versions.Max,
            })],
        });
    }

    /// <summary>How long an answer takes; zero: it is given within the step.</summary>
    public TimeSpan Latency { get; set; }

    public IReadOnlyCollection<ListenerId> Listeners => modes.Keys;

    public int Connections => open.Count;

    public DateTimeOffset Now { get; private set; }

    public long Asked { get; private set; }

    public DateTimeOffset? NextTimer => later.TryPeek(out _, out var order) ? order.Due : null;

    public static ListenerId Listener(int node) => new(new NodeId(node), ListenerKind.Broker);

    public static Input Order(int node, NodeOrder order) => new Input.Ordered(new NodeId(node), order);

    public ListenerMode ModeOf(ListenerId listener) => modes[listener];

    /// <summary>A null answer ends the connection.</summary>
    public StubCore On<TRequest, TResponse>(Func<TRequest, TResponse?> answer)
        where TRequest : class, IKafkaRequest<TRequest, TResponse>
        where TResponse : class, IKafkaResponse<TResponse>
    {
        apis[TResponse.Key] = (request, asked) => answer((TRequest)request) is { } response
            ? new Reply.Of<TResponse>(response, asked.Header.RequestApiVersion, asked.Header.CorrelationId)
            : null;
        return this;
    }

    public IReadOnlyList<Output> Step(DateTimeOffset now, Input input)
    {
        Now = now;
        outputs.Clear();
        while (later.TryPeek(out var output, out var order) && order.Due <= now)
        {
            later.Dequeue();
            Emit(output);
        }

        Take(input);
        return outputs;
    }

    private void Take(Input input)
    {
        switch (input)
        {
            case Input.Opened opened when modes[opened.Listener] == ListenerMode.Refusing:
                outputs.Add(new Output.Ended(opened.Connection));
                break;
            case Input.Opened opened:
                open.Add(opened.Connection, opened.Listener);
                break;
            case Input.Closed closed:
                open.Remove(closed.Connection);
                break;
            case Input.Asked asked when open.ContainsKey(asked.Connection):
                Asked++;
                Answer(asked);
                break;
            case Input.Ordered { Order: NodeOrder.Kill } ordered:
                Turn(ordered.Node, ListenerMode.Refusing);
                open.Where(pair => pair.Value.Node == ordered.Node).ToList().ForEach(pair => Emit(new Output.Ended(pair.Key)));
                break;
            case Input.Ordered { Order: NodeOrder.Start or NodeOrder.Heal } ordered:
                Turn(ordered.Node, ListenerMode.Open);
                break;
            case Input.Ordered { Order: NodeOrder.Freeze } ordered:
                Turn(ordered.Node, ListenerMode.Hanging);
                break;
        }
    }

    private void Answer(Input.Asked asked)
    {
        Output output = asked.Body is { } body
            && apis.TryGetValue((ApiKey)asked.Header.RequestApiKey, out var api)
            && api(body, asked) is { } reply
            ? new Output.Answered(asked.Connection, reply)
            : new Output.Ended(asked.Connection);
        if (Latency > TimeSpan.Zero)
        {
            later.Enqueue(output, (Now + Latency, ++turn));
        }
        else
        {
            Emit(output);
        }
    }

    private void Turn(NodeId node, ListenerMode mode)
    {
        foreach (var listener in modes.Keys.Where(listener => listener.Node == node).ToList())
        {
            modes[listener] = mode;
            outputs.Add(new Output.Turned(listener, mode));
        }
    }

    private void Emit(Output output)
    {
        switch (output)
        {
            case Output.Answered answered when open.ContainsKey(answered.Connection):
                outputs.Add(output);
                break;
            case Output.Ended ended when open.Remove(ended.Connection):
                outputs.Add(output);
                break;
        }
    }
}
