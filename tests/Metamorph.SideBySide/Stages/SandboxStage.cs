using System.Collections.Immutable;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Sandbox;

namespace Metamorph.SideBySide.Stages;

/// <summary>The sandbox in this process, on one thread and in virtual time. All of a story runs inside <see cref="Play"/>.</summary>
public sealed class SandboxStage : IStage
{
    /// <summary>Past any controlled shutdown of a broker that need not wait for others.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(2);

    private readonly VirtualTime time;
    private readonly ClusterCore core;
    private readonly VirtualHost host;
    private readonly InProcessTransport transport;
    private readonly ImmutableSortedDictionary<int, Endpoint> brokers;

    private SandboxStage(StageOptions options, ulong seed, VirtualTime time)
    {
        this.time = time;
        brokers = Enumerable.Range(1, options.Brokers)
            .ToImmutableSortedDictionary(id => id, id => new Endpoint($"broker-{id}", 9092));
        var controller = new Endpoint("controller", 9093);
        var listeners = brokers.ToDictionary(
            broker => broker.Value, broker => new ListenerId(new NodeId(broker.Key), ListenerKind.Broker));
        listeners[controller] = ControllerListener;
        core = new ClusterCore(TopologyOf(options, controller) with { Seed = seed }, linesKept: 10_000);
        host = new VirtualHost(core, listeners.Values, time);
        transport = new InProcessTransport(host, listeners);
    }

    public TimeProvider Time => time;

    public ITransport Transport => transport;

    public IReadOnlyList<int> Brokers => [.. brokers.Keys];

    /// <summary>What the cluster says of itself, for whoever looks into a difference.</summary>
    public IReadOnlyCollection<string> Log => core.History.Lines;

    private static ListenerId ControllerListener => new(new NodeId(StageOptions.Controller), ListenerKind.Controller);

    /// <summary>Begins a stage and plays on it until the story is over, on the calling thread.</summary>
    /// <param name="options">The cluster.</param>
    /// <param name="seed">Throws the dice: delays within their limits, and where topics are placed.</param>
    /// <param name="story">What is done on it.</param>
    public static T Play<T>(StageOptions options, ulong seed, Func<SandboxStage, Task<T>> story)
    {
        var time = new VirtualTime(DateTimeOffset.UnixEpoch);
        return new OneThread(time) { Longest = TimeSpan.FromHours(1) }.Run(async () =>
        {
            await using var stage = new SandboxStage(options, seed, time);
            return await story(stage);
        });
    }

    public Endpoint EndpointOf(int broker) => brokers[broker];

    public async Task StartAsync(int node, string? release = null)
    {
        var listener = node == StageOptions.Controller
            ? ControllerListener
            : new ListenerId(new NodeId(node), ListenerKind.Broker);
        var serves = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Heard(Output.Turned turned)
        {
            if (turned.Listener == listener && turned.Mode == ListenerMode.Open)
            {
                serves.TrySetResult();
            }
        }

        host.Turned += Heard;
        try
        {
            Order(node, new NodeOrder.Start(release is null ? null : KafkaRelease.Parse(release)));
            var life = core.World.Nodes[listener.Node].Life!;
            life.WhenGone.Add(() => serves.TrySetException(new InvalidOperationException(
                $"node {node} ended while it started: {core.World.Nodes[listener.Node].Log.LastOrDefault()}")));
            await serves.Task;
        }
        finally
        {
            host.Turned -= Heard;
        }
    }

    public async Task StopAsync(int node)
    {
        var id = new NodeId(node);
        var driver = new SandboxNodeDriver(host, core, id, time);
        var outcome = await driver.StopAsync(core.World.Nodes[id].Life!.Pid, StopPatience, CancellationToken.None);
        Assert.Equal(StopOutcome.Stopped, outcome);
    }

    public Task KillAsync(int node)
    {
        Order(node, new NodeOrder.Kill());
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        transport.Dispose();
        host.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Order(int node, NodeOrder order) => host.Submit(new Input.Ordered(new NodeId(node), order));

    /// <summary>As <see cref="RealStage"/> sets real nodes up.</summary>
    private SandboxTopology TopologyOf(StageOptions options, Endpoint controller)
    {
        var release = KafkaRelease.Parse(options.Release);
        var node = new NodeSpec { Id = new NodeId(StageOptions.Controller), Release = release };
        return new SandboxTopology
        {
            ClusterId = "side-by-side-sandbox00",
            Nodes =
            [
                .. brokers.Select(broker => node with
                {
                    Id = new NodeId(broker.Key),
                    BrokerEndpoint = broker.Value,
                    IsRegistered = !options.StartLater.Contains(broker.Key),
                }),
                node with { IsBroker = false, IsController = true, ControllerEndpoint = controller },
            ],
            Properties = ImmutableSortedDictionary<string, string>.Empty
                .Add("default.replication.factor", "3")
                .Add("min.insync.replicas", "2"),
            Start = time.Now,
        };
    }
}
