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
    private readonly TopicReader outlines;
    private readonly TopicReader topics;
    private readonly QuorumReader quorum;
    private readonly ControllerReader controllers;
    private readonly ReassignmentReader reassignments;
    private readonly LogDirReader logDirs;
    private readonly ConfigReader configs;
    private readonly GroupReader groups;
    private readonly ThrottleReader throttles;
    private ImmutableArray<Topic> topicsBefore;

    /// <param name="client">Knows where to begin; learns the brokers from what it reads.</param>
    /// <param name="drivers">One for each node of the cluster file.</param>
    public ClusterObserver(KafkaClient client, IReadOnlyDictionary<NodeId, INodeDriver> drivers)
    {
        this.client = client;
        machines = new MachineReader(drivers);
        brokers = new BrokerReader(client);
        nodes = new NodeReader(client);
        outlines = new TopicReader(client);
        topics = new TopicReader(client);
        quorum = new QuorumReader(client);
        controllers = new ControllerReader(client);
        reassignments = new ReassignmentReader(client);
        logDirs = new LogDirReader(client);
        configs = new ConfigReader(client);
        groups = new GroupReader(client);
        throttles = new ThrottleReader(configs);
    }

    /// <inheritdoc/>
    public Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken) =>
        ObserveAsync(scope, only: null, cancellationToken);

    /// <inheritdoc/>
    public Task<ClusterSnapshot> ObserveNodeAsync(NodeId node, SnapshotScope scope, CancellationToken cancellationToken) =>
        ObserveAsync(scope, only: node, cancellationToken);

    /// <remarks>Topics are read last: a stop is judged on their ISR, so nothing in a snapshot may be fresher.</remarks>
    private async Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, NodeId? only, CancellationToken cancellationToken)
    {
        var (takenAt, began) = (client.Time.GetUtcNow(), client.Time.GetTimestamp());
        var onMachines = await machines.ReadAsync(only, cancellationToken);
        var brokersRead = ReadBrokersAsync(cancellationToken);
        var quorumRead = Reading.TryAsync(() => quorum.ReadAsync(machines.FetchTimeout, cancellationToken));
        var outlineRead = ReadOutlineAsync(scope, cancellationToken);
        var reassignmentsRead = OnlyIf(scope.HasFlag(SnapshotScope.Safety), () => reassignments.ReadAsync(cancellationToken));
        await Task.WhenAll(brokersRead, quorumRead, outlineRead, reassignmentsRead);

        var listed = Observed<BrokerList>.Of(await brokersRead);
        var assembly = new NodeAssembly(onMachines, listed, await quorumRead);
        var asked = await Task.WhenAll(
            assembly.Ids.Select(assembly.Assemble).Select(node => only is null || node.Id == only
                ? AskAsync(node, scope, cancellationToken)
                : Task.FromResult(new AskedNode(node, Finalized: null, IsZooKeeperMode: false))));
        var registered = await Reading.TryAsync(
            () => controllers.ReadAsync(ControllerEndpoints(asked), cancellationToken));
        var outline = await outlineRead;
        var live = asked.Select(answer => answer.Node).Where(IsLive).ToList();
        var groupsRead = await ReadGroupsAsync(scope, outline, live, cancellationToken);
        var throttlesRead = await ReadThrottlesAsync(scope, outline, live, cancellationToken);
        var topicsRead = await ReadTopicsAsync(scope, outline, cancellationToken);
        if (topicsRead.IsKnown)
        {
            topicsBefore = topicsRead.Value;
        }

        return new ClusterSnapshot
        {
            TakenAt = takenAt,
            Took = client.Time.GetElapsedTime(began),
            ClusterId = listed.Value.ClusterId,
            IsZooKeeperMode = asked.Any(answer => answer.IsZooKeeperMode),
            Nodes = asked.ToImmutableSortedDictionary(answer => answer.Node.Id, answer => answer.Node),
            Quorum = await quorumRead,
            Features = NewestOf(asked.Select(answer => answer.Finalized)),
            RegisteredControllers = registered,
            Reassignments = await reassignmentsRead,
            Groups = groupsRead,
            Throttles = throttlesRead,
            Topics = topicsRead,
        };
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

    /// <summary>
    /// Asks a node itself, on each of its listeners, all nodes at the same time: one that hangs delays nobody else.
    /// </summary>
    private async Task<AskedNode> AskAsync(Node node, SnapshotScope scope, CancellationToken cancellationToken)
    {
        var asBroker = AskListenerAsync(node.IsBroker, node.BrokerEndpoint, "broker", cancellationToken);
        var asController = AskListenerAsync(
            node.IsController, node.ControllerEndpoint, "controller", cancellationToken);
        var dirs = IsLive(node)
            ? OnlyIf(scope.HasFlag(SnapshotScope.Disks), () => logDirs.ReadAsync(node.BrokerEndpoint!, cancellationToken))
            : Task.FromResult(Observed<ImmutableArray<LogDir>>.Unknown("it is no serving broker"));
        await Task.WhenAll(asBroker, asController, dirs);
        return new AskedNode(
            node with
            {
                BrokerAnswer = AnswerOf(await asBroker),
                ControllerAnswer = AnswerOf(await asController),
                LogDirs = await dirs,
            },
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

    private Task<Observed<ImmutableArray<ConsumerGroup>>> ReadGroupsAsync(
        SnapshotScope scope,
        Observed<ImmutableArray<Topic>> outline,
        IReadOnlyList<Node> live,
        CancellationToken cancellationToken)
    {
        if (!outline.IsKnown)
        {
            return Task.FromResult(Observed<ImmutableArray<ConsumerGroup>>.Unknown(outline.Why!));
        }

        var endpoints = live.ToDictionary(node => node.Id, node => node.BrokerEndpoint!);
        return OnlyIf(scope.HasFlag(SnapshotScope.Groups), () => groups.ReadAsync(
            endpoints.Values, new TopicDirectory(outline.Value, endpoints), cancellationToken));
    }

    private Task<Observed<ImmutableArray<Throttle>>> ReadThrottlesAsync(
        SnapshotScope scope,
        Observed<ImmutableArray<Topic>> outline,
        IReadOnlyList<Node> live,
        CancellationToken cancellationToken) =>
        outline.IsKnown
            ? OnlyIf(scope.HasFlag(SnapshotScope.Throttles), () => throttles.ReadAsync(
                live, outline.Value.Select(topic => topic.Name), cancellationToken))
            : Task.FromResult(Observed<ImmutableArray<Throttle>>.Unknown(outline.Why!));

    /// <summary>
    /// The topics to ask for by name before all are read. For their <c>min.insync.replicas</c> the names of the look before
    /// are good enough, since what has come since is asked for as well; what is asked of leaders has to be fresh.
    /// </summary>
    private Task<Observed<ImmutableArray<Topic>>> ReadOutlineAsync(SnapshotScope scope, CancellationToken cancellationToken) =>
        scope == SnapshotScope.Safety && !topicsBefore.IsDefault
            ? Task.FromResult(Observed<ImmutableArray<Topic>>.Of(topicsBefore))
            : OnlyIf(NeedsOutline(scope), () => outlines.ReadAsync(cancellationToken));

    /// <summary>
    /// Reads the topics as they are now, and with their min ISR where the scope has it. A topic is gone when this
    /// reading lacks it; one that only the broker asked for its config does not know stays, with its min ISR unknown.
    /// </summary>
    private async Task<Observed<ImmutableArray<Topic>>> ReadTopicsAsync(
        SnapshotScope scope, Observed<ImmutableArray<Topic>> outline, CancellationToken cancellationToken)
    {
        if (!scope.HasFlag(SnapshotScope.Safety))
        {
            return await OnlyIf(scope.HasFlag(SnapshotScope.Health), () => topics.ReadAsync(cancellationToken));
        }

        return outline.IsKnown
            ? await Reading.TryAsync(() => ReadWithMinIsrAsync(outline.Value, cancellationToken))
            : outline;
    }

    private async Task<ImmutableArray<Topic>> ReadWithMinIsrAsync(
        ImmutableArray<Topic> outline, CancellationToken cancellationToken)
    {
        var minIsr = await configs.MinIsrAsync(outline.Select(topic => topic.Name), cancellationToken);
        var now = await topics.ReadAsync(cancellationToken);

        // Made since, or made anew under the same name: what was asked for was another topic's.
        var before = outline.Select(topic => (topic.Name, topic.Id)).ToHashSet();
        var added = now.Where(topic => !before.Contains((topic.Name, topic.Id))).Select(topic => topic.Name);
        foreach (var (name, value) in await configs.MinIsrAsync(added, cancellationToken))
        {
            minIsr[name] = value;
        }

        return [.. now.Select(topic => topic with { MinIsr = minIsr[topic.Name] })];
    }

    private static bool IsLive(Node node) =>
        node is { IsBroker: true, BrokerEndpoint: not null }
        && node.Registration.Or(default) == BrokerRegistration.Unfenced;

    private static IEnumerable<Endpoint> ControllerEndpoints(IEnumerable<AskedNode> asked) =>
        asked.Where(answer => answer.Node.ControllerAnswer.IsKnown)
            .Select(answer => answer.Node.ControllerEndpoint)
            .OfType<Endpoint>();

    /// <summary>These are asked for topic by topic, and so need their names before.</summary>
    private static bool NeedsOutline(SnapshotScope scope) =>
        scope.HasFlag(SnapshotScope.Safety) || scope.HasFlag(SnapshotScope.Groups) || scope.HasFlag(SnapshotScope.Throttles);

    private static Task<Observed<T>> OnlyIf<T>(bool isAskedFor, Func<Task<T>> read) =>
        isAskedFor ? Reading.TryAsync(read) : Task.FromResult(Observed<T>.Unknown("it was not asked for"));

    private static Observed<NodeAnswer> AnswerOf(Observed<ListenerAnswer> answer) =>
        answer.IsKnown
            ? Observed<NodeAnswer>.Of(answer.Value.Answer)
            : Observed<NodeAnswer>.Unknown(answer.Why!);

    /// <summary>
    /// Each broker tells the features of its own, possibly stale, metadata; the highest epoch is the newest.
    /// </summary>
    private static Observed<FinalizedFeatures> NewestOf(IEnumerable<FinalizedFeatures?> answers) =>
        answers.OfType<FinalizedFeatures>().MaxBy(features => features.Epoch) is { } newest
            ? Observed<FinalizedFeatures>.Of(newest)
            : Observed<FinalizedFeatures>.Unknown("no broker told the finalized features");

    private sealed record AskedNode(Node Node, FinalizedFeatures? Finalized, bool IsZooKeeperMode);
}
