using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Observation;
using Metamorph.Releases;
using Metamorph.Sandbox;
using Metamorph.Tests;

namespace Metamorph.Execution.Tests;

/// <summary>A Kafka cluster with its machines, as far as a roll can tell the difference. Deterministic; every duration is virtual.</summary>
/// <remarks>
/// The invariants are asked here, of what the cluster really is, and not of what the gates were shown: they check the
/// gates, and so share no code with them.
/// </remarks>
internal sealed class SimulatedCluster : IClusterObserver, IClusterControl
{
    public const string ClusterId = "Zc4a2fQfT1uCFl7zXg3ZfA";

    private readonly SortedDictionary<int, SimulatedNode> nodes = [];
    private readonly SortedDictionary<string, short> levels = new(StringComparer.Ordinal);
    private int lastPid = 1000;
    private int epoch = 100;
    private int? quorumLeader;

    public SimulatedCluster(KafkaRelease release, int[]? brokers = null, int[]? combined = null, int[]? controllers = null, int? leader = null)
    {
        Add(brokers, release, isBroker: true, isController: false);
        Add(combined, release, isBroker: true, isController: true);
        Add(controllers, release, isBroker: false, isController: true);
        quorumLeader = leader ?? Voters.First().Id.Value;
        foreach (var (feature, level) in ReleaseCatalog.FeaturesFinalizedByDefault(release.Line).Value)
        {
            levels[feature] = level;
        }
    }

    public VirtualTime Time { get; } = new(Clusters.Noon);

    public List<SimulatedPartition> Partitions { get; } = [];

    public List<Reassignment> Reassignments { get; } = [];

    public List<ConsumerGroup> Groups { get; } = [];

    public TimeSpan StopTakes { get; set; } = TimeSpan.FromSeconds(2.5);

    public TimeSpan LookTakes { get; set; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan StartTakes { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan CatchUpTakes { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After it serves, this long the controller still judges features by the registration before.</summary>
    public TimeSpan RegistrationLag { get; set; } = TimeSpan.FromSeconds(3);

    public bool IsUnreachable { get; set; }

    public HashSet<int> UnreachableMachines { get; } = [];

    public HashSet<int> UnreadableLogs { get; } = [];

    /// <summary>Reading a log fails in a way that no driver announces.</summary>
    public bool AreDisksBroken { get; set; }

    /// <summary>Nodes that cannot run the target.</summary>
    public HashSet<int> WithoutTarget { get; } = [];

    public HashSet<int> FailingStarts { get; } = [];

    public HashSet<int> HangingStops { get; } = [];

    /// <summary>Nodes that run and do not come to serve: they recover their logs.</summary>
    public HashSet<int> Recovering { get; } = [];

    /// <summary>Voters that never catch up with the leader.</summary>
    public HashSet<int> LaggingVoters { get; } = [];

    /// <summary>Nodes whose process ends by itself soon after it was started.</summary>
    public HashSet<int> DyingStarts { get; } = [];

    /// <summary>Preferred elections that are accepted and do not happen.</summary>
    public int LostElections { get; set; }

    public string? MetadataVersionRefusal { get; set; }

    /// <summary>Set by a story where the finalisation is allowed: raising a feature before is a violation.</summary>
    public Func<bool> IsApproved { get; set; } = () => true;

    public KafkaRelease Target { get; set; }

    public HashSet<string> Accepted { get; } = [];

    public int Looks { get; private set; }

    public List<string> Violations { get; } = [];

    /// <summary>The nodes in the order in which we asked them to stop.</summary>
    public List<int> Stops { get; } = [];

    public List<string> UpdateRequests { get; } = [];

    public IReadOnlyDictionary<string, short> Levels => levels;

    public IEnumerable<SimulatedNode> Nodes => nodes.Values;

    public SimulatedNode this[int id] => nodes[id];

    private IEnumerable<SimulatedNode> Voters => nodes.Values.Where(node => node is { IsController: true, IsConfigured: true });

    public IReadOnlyDictionary<NodeId, Metamorph.Nodes.INodeDriver> Drivers() => nodes.Values.Where(node => node.IsConfigured)
        .ToDictionary(node => node.Id, Metamorph.Nodes.INodeDriver (node) => new SimulatedDriver(this, node));

    public SimulatedCluster WithTopic(string name, int minIsr, params int[][] partitions)
    {
        Partitions.AddRange(partitions.Select((replicas, index) => new SimulatedPartition(new(name, index), minIsr, replicas)));
        return this;
    }

    /// <summary>A registration that nobody stands behind any more.</summary>
    public SimulatedCluster WithGhost(int id, KafkaRelease release, bool isBroker = true)
    {
        nodes[id] = new SimulatedNode
        {
            Id = new(id), IsBroker = isBroker, IsController = !isBroker, IsConfigured = false, Installed = release,
            Registration = isBroker ? BrokerRegistration.Fenced : BrokerRegistration.Absent,
            Told = ReleaseCatalog.Find(release.Line).Value.SupportedFeatures,
        };
        return this;
    }

    // --- what happens to nodes -------------------------------------------------------------------------------------

    public void Terminate(SimulatedNode node, int pid)
    {
        if (node.Pid != pid || node.Running is null || node.IsStopping)
        {
            return;
        }

        Stops.Add(node.Id.Value);
        CheckStop(node);
        node.IsStopping = true;
        node.WasStoppedByUs = true;
        node.Log.Add("[12:00:00] INFO Controlled shutdown was requested");
        Leave(node);
        if (!HangingStops.Contains(node.Id.Value))
        {
            Time.In(StopTakes, () => End(node, pid));
        }
    }

    /// <summary>A process dies; the controller notices when its session is over.</summary>
    public void Kill(int id)
    {
        var node = nodes[id];
        node.WasStoppedByUs = false;
        End(node, node.Pid);
        Time.In(TimeSpan.FromSeconds(9), () =>
        {
            if (node.Running is null)
            {
                Leave(node);
            }
        });
    }

    public void Start(SimulatedNode node, KafkaRelease release)
    {
        if (node.Running is not null)
        {
            return;
        }

        if (release < node.Installed)
        {
            Violations.Add($"node {node.Id} goes back from {node.Installed} to {release}");
        }

        (node.Installed, node.Running, node.Pid, node.StartedAt, node.IsStopping) = (release, release, ++lastPid, Time.Now, false);
        var pid = node.Pid;
        Time.In(StartTakes, () => Serve(node, pid));
        if (DyingStarts.Contains(node.Id.Value))
        {
            node.Log.Add("[12:00:01] ERROR Exiting Kafka due to fatal exception");
            Time.In(StartTakes / 2, () => End(node, pid));
        }
    }

    public void LetVoterLag(int id)
    {
        LaggingVoters.Add(id);
        LoseVoter(nodes[id]);
    }

    public void MoveQuorumLeader(int id) => quorumLeader = id;

    public void HoldBack(string topic, int index, params int[] replicas)
    {
        var partition = Partitions.First(partition => partition.Id == new TopicPartition(topic, index));
        foreach (var replica in replicas)
        {
            partition.HeldBack.Add(replica);
            partition.Leave(replica);
        }
    }

    public void Heal() => Partitions.ForEach(Heal);

    public void Heal(SimulatedPartition partition)
    {
        partition.HeldBack.Clear();
        foreach (var replica in partition.Replicas.Where(id => nodes[id].Registration == BrokerRegistration.Unfenced))
        {
            partition.Join(replica);
        }
    }

    public NodeProcess? ProcessOf(SimulatedNode node) => node.Running is { } release
        ? new NodeProcess(node.Pid, node.StartedAt, Observed<KafkaRelease>.Of(release))
        : null;

    private void Serve(SimulatedNode node, int pid)
    {
        if (node.Pid != pid || !node.IsAlive)
        {
            return;
        }

        if (node.IsController && !node.IsVoterCurrent)
        {
            node.IsVoterCurrent = !LaggingVoters.Contains(node.Id.Value);
            node.Answers = true;
            ElectController();
        }

        if (Recovering.Contains(node.Id.Value) || (node.IsBroker && quorumLeader is null))
        {
            Time.In(TimeSpan.FromMilliseconds(500), () => Serve(node, pid));
            return;
        }

        node.Answers = true;
        if (node.IsBroker)
        {
            Register(node, pid);
        }
        else
        {
            node.Told = FeaturesOf(node.Running!.Value);
        }

        Time.In(CatchUpTakes, () => CatchUp(node, pid));
    }

    private void Register(SimulatedNode node, int pid)
    {
        node.Registration = BrokerRegistration.Unfenced;
        node.Log.Add("[12:00:02] INFO Successfully registered broker");
        var withOld = nodes[quorumLeader!.Value].Running is { } leads && leads.Line < new ReleaseLine(3, 9);
        var told = FeaturesOf(node.Running!.Value).Where(feature => !withOld || feature.Value.Min > 0)
            .ToImmutableSortedDictionary(feature => feature.Key, feature => feature.Value, StringComparer.Ordinal);
        Time.In(RegistrationLag, () =>
        {
            if (node.Pid == pid)
            {
                node.Told = told;
            }
        });
    }

    private void CatchUp(SimulatedNode node, int pid)
    {
        if (node.Pid != pid || !node.IsAlive)
        {
            return;
        }

        Partitions.ForEach(partition => partition.Join(node.Id.Value));
    }

    private void Leave(SimulatedNode node)
    {
        node.Answers = false;
        if (node.IsBroker)
        {
            node.Registration = BrokerRegistration.Fenced;
            foreach (var partition in Partitions.Where(partition => partition.Replicas.Contains(node.Id.Value)))
            {
                partition.Leave(node.Id.Value);
            }
        }

        LoseVoter(node);
    }

    private void End(SimulatedNode node, int pid)
    {
        if (node.Pid == pid)
        {
            (node.Running, node.IsStopping, node.Answers) = (null, false, false);
            LoseVoter(node);
        }
    }

    private void LoseVoter(SimulatedNode node)
    {
        if (node.IsVoterCurrent)
        {
            node.IsVoterCurrent = false;
            node.CurrentUntil = Time.Now;
            ElectController();
        }
    }

    private void ElectController()
    {
        var current = Voters.Where(voter => voter.IsVoterCurrent).Select(voter => voter.Id.Value).ToList();
        if (current.Count <= Voters.Count() / 2)
        {
            quorumLeader = null;
        }
        else if (quorumLeader is not { } leader || !current.Contains(leader))
        {
            quorumLeader = current[0];
        }
    }

    // --- what must never be ----------------------------------------------------------------------------------------

    private void CheckStop(SimulatedNode node)
    {
        if (nodes.Values.FirstOrDefault(other => other.WasStoppedByUs && other != node && !IsWhole(other)) is { } other)
        {
            Violations.Add($"node {node.Id} is stopped while node {other.Id} is not back");
        }

        foreach (var partition in Partitions.Where(partition => partition.Replicas.Contains(node.Id.Value) && !Accepted.Contains(partition.Id.Topic)))
        {
            if (partition.Isr.Count(replica => replica != node.Id.Value) < Math.Min(partition.MinIsr, partition.Replicas.Length))
            {
                Violations.Add($"stopping node {node.Id} takes {partition.Id} under min ISR: it has [{string.Join(',', partition.Isr)}]");
            }
        }

        var voters = Voters.ToList();
        if (voters.Count > 2 && voters.Count(voter => voter != node && voter.IsVoterCurrent) <= voters.Count / 2)
        {
            Violations.Add($"stopping node {node.Id} takes the quorum its majority");
        }
    }

    private bool IsWhole(SimulatedNode node) =>
        node is { Answers: true, IsAlive: true }
        && (!node.IsBroker || node.Registration == BrokerRegistration.Unfenced)
        && (!node.IsController || node.IsVoterCurrent)
        && Partitions.All(partition => !partition.Replicas.Contains(node.Id.Value) || partition.Isr.Contains(node.Id.Value));

    private void CheckRaise(string feature)
    {
        if (nodes.Values.FirstOrDefault(node => node.IsConfigured && node.Running != Target) is { } behind)
        {
            Violations.Add($"{feature} is raised while node {behind.Id} runs {behind.Running}");
        }

        if (!IsApproved())
        {
            Violations.Add($"{feature} is raised without approval");
        }
    }

    // --- what Kafka answers ----------------------------------------------------------------------------------------

    public async Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken)
    {
        var began = Time.Now;
        await Task.Delay(LookTakes, Time, cancellationToken);
        Looks++;
        if (IsUnreachable)
        {
            throw new ClusterUnreachableException("no broker answered");
        }

        return new ClusterSnapshot
        {
            TakenAt = began,
            Took = Time.Now - began,
            ClusterId = ClusterId,
            Nodes = nodes.Values.Where(node => node.IsConfigured || node.Registration != BrokerRegistration.Absent)
                .ToImmutableSortedDictionary(node => node.Id, NodeOf),
            Quorum = Observed<Quorum>.Of(QuorumNow()),
            Features = Observed<FinalizedFeatures>.Of(new FinalizedFeatures(epoch, levels.ToImmutableSortedDictionary(StringComparer.Ordinal))),
            RegisteredControllers = Observed<ImmutableArray<NodeId>>.Of(
                [.. nodes.Values.Where(node => node.IsController).Select(node => node.Id)]),
            Topics = In(
                scope,
                SnapshotScope.Health,
                Partitions.GroupBy(partition => partition.Id.Topic).Select(topic => TopicOf(topic, scope.HasFlag(SnapshotScope.Safety))).ToImmutableArray()),
            Reassignments = In(scope, SnapshotScope.Safety, ImmutableArray.CreateRange(Reassignments)),
            Groups = In(scope, SnapshotScope.Groups, ImmutableArray.CreateRange(Groups)),
        };
    }

    public async Task<ClusterSnapshot> ObserveNodeAsync(NodeId node, SnapshotScope scope, CancellationToken cancellationToken)
    {
        var all = await ObserveAsync(scope, cancellationToken);
        return all with { Nodes = all.Nodes.Values.ToImmutableSortedDictionary(one => one.Id, one => one.Id == node ? one : NotAsked(one)) };
    }

    private static Node NotAsked(Node node) => node with
    {
        Process = Observed<NodeProcess?>.Unknown("it was not asked"),
        BrokerAnswer = Observed<NodeAnswer>.Unknown("it was not asked"),
        ControllerAnswer = Observed<NodeAnswer>.Unknown("it was not asked"),
    };

    public Task ElectPreferredLeadersAsync(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        if (LostElections-- > 0)
        {
            return Task.CompletedTask;
        }

        foreach (var partition in Partitions.Where(partition => partitions.Contains(partition.Id) && partition.Isr.Contains(partition.Replicas[0])))
        {
            partition.Leader = partition.Replicas[0];
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Objection.KafkaRefused>> RaiseFeaturesAsync(
        IReadOnlyDictionary<string, short> levels, bool validateOnly, CancellationToken cancellationToken)
    {
        UpdateRequests.Add($"{(validateOnly ? "ask" : "raise")} {string.Join(' ', levels.Select(level => $"{level.Key}={level.Value}"))}");
        ImmutableArray<Objection.KafkaRefused> refusals = [.. levels.Select(level => RefusalOf(level.Key, level.Value)).OfType<Objection.KafkaRefused>()];
        if (!validateOnly && refusals.IsEmpty)
        {
            foreach (var (feature, level) in levels)
            {
                CheckRaise(feature);
                this.levels[feature] = level;
                epoch++;
            }
        }

        return Task.FromResult(refusals);
    }

    public Task UnregisterBrokerAsync(NodeId broker, CancellationToken cancellationToken)
    {
        if (nodes[broker.Value].Running is not null || Partitions.Any(partition => partition.Replicas.Contains(broker.Value)))
        {
            Violations.Add($"broker {broker} is unregistered while it runs or holds replicas");
        }

        nodes.Remove(broker.Value);
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> ReadDynamicConfigsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>>("{}"u8.ToArray());

    private Objection.KafkaRefused? RefusalOf(string feature, short level)
    {
        if (feature == KafkaFeatures.MetadataVersion && MetadataVersionRefusal is { } message)
        {
            return new(feature, level, "INVALID_UPDATE_VERSION", message);
        }

        // Every registered broker counts, dead or alive; below metadata.version 15 controllers are not asked.
        var asked = nodes.Values.Where(node => node.IsBroker
            ? node.Registration != BrokerRegistration.Absent
            : levels[KafkaFeatures.MetadataVersion] >= MetadataVersion.ControllersRegister);
        return asked.FirstOrDefault(node => !node.Told.TryGetValue(feature, out var range) || !range.Contains(level)) is { } lacking
            ? new(feature, level, "INVALID_UPDATE_VERSION",
                $"Invalid update version {level} for feature {feature}. {(lacking.IsBroker ? "Broker" : "Controller")} {lacking.Id} does not support this feature.")
            : null;
    }

    private Node NodeOf(SimulatedNode node)
    {
        var answer = node is { Answers: true, Running: { } release }
            ? Observed<NodeAnswer>.Of(new NodeAnswer(Observed<ReleaseLine>.Of(release.Line), FeaturesOf(release)))
            : Observed<NodeAnswer>.Unknown("connection refused");
        return new Node
        {
            Id = node.Id,
            IsConfigured = node.IsConfigured,
            IsBroker = node.IsBroker,
            IsController = node.IsController,
            Process = !node.IsConfigured || UnreachableMachines.Contains(node.Id.Value)
                ? Observed<NodeProcess?>.Unknown("its machine does not answer")
                : Observed<NodeProcess?>.Of(ProcessOf(node)),
            Installed = Observed<KafkaRelease>.Of(node.Installed),
            Registration = Observed<BrokerRegistration>.Of(node.Registration),
            BrokerAnswer = node.IsBroker ? answer : Observed<NodeAnswer>.Unknown("it is no broker"),
            ControllerAnswer = node.IsController ? answer : Observed<NodeAnswer>.Unknown("it is no controller"),
        };
    }

    private Quorum QuorumNow() => new()
    {
        Leader = quorumLeader is { } leader ? new NodeId(leader) : null,
        HighWatermark = 5000,
        FetchTimeout = TimeSpan.FromSeconds(2),
        Voters =
        [
            .. Voters.Select(voter => new QuorumReplica
            {
                Id = voter.Id, LogEndOffset = 5000, LastCaughtUp = voter.IsVoterCurrent ? Time.Now : voter.CurrentUntil,
            }),
        ],
        Observers =
        [
            .. nodes.Values.Where(node => node is { IsBroker: true, IsController: false, Registration: BrokerRegistration.Unfenced })
                .Select(broker => new QuorumReplica { Id = broker.Id, LogEndOffset = 5000, LastCaughtUp = Time.Now }),
        ],
    };

    private static Topic TopicOf(IGrouping<string, SimulatedPartition> topic, bool withMinIsr) => new()
    {
        Name = topic.Key,
        MinIsr = withMinIsr ? Observed<int>.Of(topic.First().MinIsr) : Observed<int>.Unknown("it was not asked for"),
        Partitions =
        [
            .. topic.Select(partition => new Partition
            {
                Index = partition.Id.Index,
                Leader = partition.Leader is { } leader ? new NodeId(leader) : null,
                Replicas = new NodeList(partition.Replicas),
                Isr = new NodeList([.. partition.Isr]),
            }),
        ],
    };

    private static Observed<T> In<T>(SnapshotScope scope, SnapshotScope part, T value) =>
        scope.HasFlag(part) ? Observed<T>.Of(value) : Observed<T>.Unknown("it was not asked for");

    private static ImmutableSortedDictionary<string, FeatureRange> FeaturesOf(KafkaRelease release) =>
        ReleaseCatalog.Find(release.Line).Value.SupportedFeatures;

    private void Add(int[]? ids, KafkaRelease release, bool isBroker, bool isController)
    {
        foreach (var id in ids ?? [])
        {
            nodes[id] = new SimulatedNode
            {
                Id = new(id), IsBroker = isBroker, IsController = isController, Installed = release, Running = release, Pid = ++lastPid,
                StartedAt = Time.Now - TimeSpan.FromDays(1), Answers = true, IsVoterCurrent = isController, Told = FeaturesOf(release),
                Registration = isBroker ? BrokerRegistration.Unfenced : BrokerRegistration.Absent,
            };
        }
    }
}
