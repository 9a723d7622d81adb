using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Observation;

/// <summary>Reads machines, nodes and cluster, and puts them together. Reading changes nothing anywhere.</summary>
public sealed class ClusterObserver : IClusterObserver
{
    private readonly KafkaClient client;
    private readonly MachineReader machines;
    private readonly BrokerReader brokers;
    private readonly NodeReader nodes;
    private readonly TopicReader topics;
    private readonly QuorumReader quorum;
    private readonly ControllerReader controllers;
    private readonly ReassignmentReader reassignments;
    private readonly LogDirReader logDirs;
    private readonly ConfigReader configs;
    private readonly GroupReader groups;
    private readonly ThrottleReader throttles;

    /// <param name="client">Knows where to begin; learns the brokers from what it reads.</param>
    /// <param name="drivers">One for each node of the cluster file.</param>
    public ClusterObserver(KafkaClient client, IReadOnlyDictionary<NodeId, INodeDriver> drivers)
    {
        this.client = client;
        machines = new MachineReader(drivers);
        brokers = new BrokerReader(client);
        nodes = new NodeReader(client);
        topics = new TopicReader(client);
        quorum = new QuorumReader(client);
        controllers = new ControllerReader(client);
        reassignments = new ReassignmentReader(client);
        logDirs = new LogDirReader(client);
        configs = new ConfigReader(client);
        groups = new GroupReader(client);
        throttles = new ThrottleReader(configs);
    }

    public async Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken)
    {
        var takenAt = client.Time.GetUtcNow();
        var onMachines = await machines.ReadAsync(cancellationToken);
        var brokersRead = ReadBrokersAsync(cancellationToken);
        var quorumRead = Reading.TryAsync(() => quorum.ReadAsync(MachineReader.FetchTimeoutOf(onMachines.Values), cancellationToken));
        var topicsRead = Reading.TryAsync(() => topics.ReadAsync(cancellationToken));
        var reassignmentsRead = OnlyIn(scope, SnapshotScope.Safety, () => reassignments.ReadAsync(cancellationToken));
        await Task.WhenAll(brokersRead, quorumRead, topicsRead, reassignmentsRead);

        var listed = Observed<BrokerList>.Of(await brokersRead);
        var assembly = new NodeAssembly(onMachines, listed, await quorumRead);
        var asked = await Task.WhenAll(assembly.Ids.Select(id => AskAsync(assembly.Assemble(id), scope, cancellationToken)));
        var snapshot = new ClusterSnapshot
        {
            TakenAt = takenAt,
            ClusterId = listed.Value.ClusterId,
            IsZooKeeperMode = asked.Any(answer => answer.IsZooKeeperMode),
            Nodes = asked.ToImmutableSortedDictionary(answer => answer.Node.Id, answer => answer.Node),
            Quorum = await quorumRead,
            Features = NewestOf(asked.Select(answer => answer.Finalized)),
            RegisteredControllers = await Reading.TryAsync(() => controllers.ReadAsync(ControllerEndpoints(asked), cancellationToken)),
            Topics = await topicsRead,
            Reassignments = await reassignmentsRead,
        };
        return await WithDetailsAsync(snapshot, scope, cancellationToken);
    }

    private async Task<BrokerList> ReadBrokersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await brokers.ReadAsync(cancellationToken);
        }
        catch (KafkaException e)
        {
            throw new ClusterUnreachableException(e.Message, e);
        }
    }

    /// <summary>Asks a node itself, on each of its listeners, all nodes at the same time: one that hangs delays nobody else.</summary>
    private async Task<AskedNode> AskAsync(Node node, SnapshotScope scope, CancellationToken cancellationToken)
    {
        var asBroker = AskListenerAsync(node.IsBroker, node.BrokerEndpoint, "broker", cancellationToken);
        var asController = AskListenerAsync(node.IsController, node.ControllerEndpoint, "controller", cancellationToken);
        var dirs = node is { IsBroker: true, BrokerEndpoint: { } endpoint } && node.Registration.Or(default) == BrokerRegistration.Unfenced
            ? OnlyIn(scope, SnapshotScope.Disks, () => logDirs.ReadAsync(endpoint, cancellationToken))
            : Task.FromResult(Observed<ImmutableArray<LogDir>>.Unknown("it is no serving broker"));
        await Task.WhenAll(asBroker, asController, dirs);
        return new AskedNode(
            node with { BrokerAnswer = AnswerOf(await asBroker), ControllerAnswer = AnswerOf(await asController), LogDirs = await dirs },
            (await asBroker).Or(null)?.Finalized,
            (await asBroker).Or(null)?.IsZooKeeperMode ?? false);
    }

    private async Task<Observed<ListenerAnswer>> AskListenerAsync(
        bool hasRole, Endpoint? endpoint, string role, CancellationToken cancellationToken)
    {
        if (!hasRole)
        {
            return Observed<ListenerAnswer>.Unknown($"it is no {role}");
        }

        return endpoint is null
            ? Observed<ListenerAnswer>.Unknown($"nobody tells where its {role} listens")
            : await Reading.TryAsync(() => nodes.ReadAsync(endpoint, cancellationToken));
    }

    private async Task<ClusterSnapshot> WithDetailsAsync(
        ClusterSnapshot snapshot, SnapshotScope scope, CancellationToken cancellationToken)
    {
        if (!snapshot.Topics.IsKnown)
        {
            return snapshot;
        }

        if (scope.HasFlag(SnapshotScope.Safety))
        {
            snapshot = snapshot with { Topics = await Reading.TryAsync(() => configs.WithMinIsrAsync(snapshot.Topics.Value, cancellationToken)) };
        }

        if (scope.HasFlag(SnapshotScope.Groups))
        {
            snapshot = snapshot with { Groups = await Reading.TryAsync(() => ReadGroupsAsync(snapshot, cancellationToken)) };
        }

        if (scope.HasFlag(SnapshotScope.Throttles) && snapshot.Topics.IsKnown)
        {
            var names = snapshot.Topics.Value.Select(topic => topic.Name);
            snapshot = snapshot with { Throttles = await Reading.TryAsync(() => throttles.ReadAsync(Live(snapshot), names, cancellationToken)) };
        }

        return snapshot;
    }

    private async Task<ImmutableArray<ConsumerGroup>> ReadGroupsAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var live = Live(snapshot).ToDictionary(node => node.Id, node => node.BrokerEndpoint!);
        var directory = new TopicDirectory(snapshot.Topics.Or([]), live);
        var found = await Task.WhenAll(live.Values.Select(endpoint => groups.ReadAsync(endpoint, directory, cancellationToken)));
        return [.. found.SelectMany(group => group).OrderBy(group => group.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<Node> Live(ClusterSnapshot snapshot) =>
        snapshot.Brokers.Where(node => node.BrokerEndpoint is not null && node.Registration.Or(default) == BrokerRegistration.Unfenced);

    private static IEnumerable<Endpoint> ControllerEndpoints(IEnumerable<AskedNode> asked) =>
        asked.Where(answer => answer.Node.ControllerAnswer.IsKnown).Select(answer => answer.Node.ControllerEndpoint).OfType<Endpoint>();

    private static Task<Observed<T>> OnlyIn<T>(SnapshotScope scope, SnapshotScope part, Func<Task<T>> read) =>
        scope.HasFlag(part) ? Reading.TryAsync(read) : Task.FromResult(Observed<T>.Unknown("it was not asked for"));

    private static Observed<NodeAnswer> AnswerOf(Observed<ListenerAnswer> answer) =>
        answer.IsKnown ? Observed<NodeAnswer>.Of(answer.Value.Answer) : Observed<NodeAnswer>.Unknown(answer.Why!);

    /// <summary>Each broker tells the features of its own, possibly stale, metadata; the highest epoch is the newest.</summary>
    private static Observed<FinalizedFeatures> NewestOf(IEnumerable<FinalizedFeatures?> answers) =>
        answers.OfType<FinalizedFeatures>().MaxBy(features => features.Epoch) is { } newest
            ? Observed<FinalizedFeatures>.Of(newest)
            : Observed<FinalizedFeatures>.Unknown("no broker told the finalized features");

    private sealed record AskedNode(Node Node, FinalizedFeatures? Finalized, bool IsZooKeeperMode);
}
