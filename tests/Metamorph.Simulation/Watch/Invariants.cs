using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>
/// What must never be, asked of the cluster as it really is, and not of what Metamorph was shown. Shares no code with the
/// gates, which it checks.
/// </summary>
internal sealed class Invariants
{
    /// <summary>
    /// A fault within this long before a node was stopped may still be working through the cluster while it is down: an
    /// ISR shrinks up to 30 s (<c>replica.lag.time.max.ms</c>) and half as much after its follower stood still, and a
    /// session ends after 9 s.
    /// </summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(50);

    private readonly World world;
    private readonly Schedule schedule;
    private readonly FaultScript faults;
    private readonly Committed committed;
    private readonly Others others;
    private readonly Dictionary<int, DateTimeOffset> downByUs = [];
    private readonly HashSet<int> inHand = [];
    private readonly ImmutableSortedSet<string> unprotected;
    private ImmutableSortedDictionary<string, short> levels;
    private Sight sight;
    private long checkedAt = -1;
    private long checkedStep = -1;

    public Invariants(World world, Schedule schedule, FaultScript faults)
    {
        (this.world, this.schedule, this.faults) = (world, schedule, faults);
        (unprotected, levels, sight) = (schedule.Unprotected, world.Metadata.Features.Now, Sight.Of(world));
        committed = new Committed(world, Violate);
        others = new Others(world);
        Deeds = new Deeds(schedule, Violate);
        others.Expect();
        faults.Changed = others.Expect;
    }

    /// <summary>What was broken, the first first.</summary>
    public List<string> Violations { get; } = [];

    public Deeds Deeds { get; }

    /// <summary>The operator has allowed the finalisation.</summary>
    public bool IsApproved { get; set; }

    /// <summary>Metamorph has stopped the node and not started it yet.</summary>
    public bool IsInHand(int node) => inHand.Contains(node);

    /// <summary>Metamorph begins to look at the cluster.</summary>
    public void Looking() => sight = Sight.Of(world);

    /// <summary>Metamorph asks a node to stop.</summary>
    public void Stopping(NodeId id)
    {
        var node = world.Nodes[id];
        inHand.Add(id.Value);
        if (node.Life is null or { IsStopping: true })
        {
            return;
        }

        if (downByUs.Keys.Where(other => other != id.Value && !IsWhole(other)).Order().FirstOrDefault(-1) is var away and >= 0)
        {
            Violate($"node {id} is stopped while node {away}, which was stopped before, is not back");
        }

        downByUs.TryAdd(id.Value, world.Now);
        var now = Sight.Of(world).CountingAsServing(faults.HealedSince(sight.At).Where(healed => world.Nodes.Find(healed)!.Life is not null));
        CheckOtherNodes(id, now);
        CheckPartitions(id.Value, now);
        CheckQuorum(node, now);
    }

    /// <summary>Metamorph starts a node.</summary>
    public void Starting(NodeId id) => inHand.Remove(id.Value);

    /// <summary>After every step.</summary>
    public void Check()
    {
        // A step that the cluster took no part in changed nothing of what is asked here.
        if (world.Steps != checkedStep)
        {
            checkedStep = world.Steps;
            CheckCluster();
        }

        if (Violations.Count > 0)
        {
            throw new InvariantBroken();
        }
    }

    private void CheckCluster()
    {
        if (downByUs.Count > 0)
        {
            foreach (var node in downByUs.Keys.Where(node => !inHand.Contains(node) && IsWhole(node)).ToList())
            {
                downByUs.Remove(node);
            }
        }

        CheckFeatures();
        committed.Check();
        if (world.Metadata.End != checkedAt)
        {
            checkedAt = world.Metadata.End;
            CheckMetadata();
        }
    }

    /// <summary>Is there a reason for a run to end so, in the cluster itself?</summary>
    /// <returns>The reason; null: there is none.</returns>
    public string? ReasonFor(RunEnding ending)
    {
        if (ending == RunEnding.AwaitingApproval)
        {
            return schedule.Operator.WaitsForEver ? "nobody approves" : null;
        }

        if (ending == RunEnding.Stopped)
        {
            return schedule.Operator is { WaitsForEver: true, Pause: not null } ? "it was paused when its operator ended the waiting" : null;
        }

        if (ending == RunEnding.Refused)
        {
            return NotHeardOf is { } broker ? $"broker {broker} registered with a controller that did not hear of all its features" : null;
        }

        if (ending is not (RunEnding.Blocked or RunEnding.Unreachable))
        {
            return null;
        }

        var sick = world.Nodes.All.FirstOrDefault(node => !IsWhole(node.Id.Value));
        return sick is not null ? $"node {sick.Id} is not whole"
            : world.Controller.Reassignments.Ongoing.Any() ? "partitions are moved"
            : !faults.IsOver ? "something is still broken"
            : null;
    }

    /// <summary>A broker on the target that registered with a controller before 3.9, which passes over some of its features.</summary>
    /// <remarks>It must be restarted once more; where the active controller moved in the middle, no plan has foreseen it.</remarks>
    public int? NotHeardOf
    {
        get
        {
            var told = ReleaseProfile.Of(schedule.Target).FinalizedByNewCluster.Keys;
            return world.Metadata.Brokers.Now.Values
                .Where(broker => world.Nodes.Find(broker.Id) is { Life: { } life } && life.Release == schedule.Target && told.Any(feature => !broker.Features.ContainsKey(feature)))
                .Select(broker => (int?)broker.Id)
                .FirstOrDefault();
        }
    }

    /// <summary>After the end: is it the one that was asked for?</summary>
    public void CheckEnd(RunEnding? ending)
    {
        var wanted = schedule.Operator.WaitsForEver ? RunEnding.AwaitingApproval : RunEnding.Done;
        if (ending != wanted && !(ending == RunEnding.Done && IsFinalized))
        {
            Violate($"the run ended {ending?.ToString() ?? "before it began"}, and {wanted} was possible");
            return;
        }

        // What breaks after the last look, or while the run only waits for its operator, says nothing about the upgrade.
        var isBroken = ending == RunEnding.Done ? faults.LastChange >= sight.At : !faults.IsOver;
        foreach (var node in world.Nodes.All)
        {
            if ((node.Life?.Release ?? node.Installed) != schedule.Target || (!isBroken && !IsWhole(node.Id.Value)))
            {
                Violate($"the run ended {ending}, and node {node.Id} runs {node.Life?.Release.ToString() ?? "not at all"}, "
                    + $"whole: {IsWhole(node.Id.Value)}");
            }
        }

        if (ending == RunEnding.Done && schedule.Operator.Finalize.Mode != FinalizeMode.Never && !IsFinalized)
        {
            Violate($"the run is done, and the features are {string.Join(", ", world.Metadata.Features.Now)}");
        }
    }

    /// <summary>Every feature is where a new cluster of the target release would have it.</summary>
    private bool IsFinalized => ReleaseProfile.Of(schedule.Target).FinalizedByNewCluster
        .All(wanted => world.Metadata.Features.Now.GetValueOrDefault(wanted.Key) >= wanted.Value);

    private void CheckOtherNodes(NodeId id, Sight now)
    {
        foreach (var other in world.Nodes.All.Where(other => other.Id != id))
        {
            if (other.IsBroker && !now.IsFollowing(other.Id.Value) && !sight.IsFollowing(other.Id.Value))
            {
                Violate($"node {id} is stopped while broker {other.Id} does not follow the metadata");
            }

            if (!now.IsServing(other.Id.Value) && !sight.IsServing(other.Id.Value))
            {
                Violate($"node {id} is stopped while node {other.Id} does not serve");
            }
        }
    }

    private void CheckPartitions(int id, Sight now)
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            if (partition.AsOf(sight.End) is not { } before)
            {
                continue;
            }

            if (partition.Now.IsReassigning && before.IsReassigning)
            {
                Violate($"node {id} is stopped while somebody moves {partition.Id}");
            }

            if (!partition.Now.HasReplica(id) || unprotected.Contains(partition.Topic.Name))
            {
                continue;
            }

            var floor = Floor(partition, partition.Now, now);
            var left = Without(partition.Now, id, now);
            if (left < floor && Without(before, id, sight) < Floor(partition, before, sight))
            {
                Violate($"stopping node {id} leaves {partition.Id} with {left} in-sync replicas, and {floor} are needed; its ISR is [{string.Join(',', partition.Now.Isr)}]");
            }
            else if (!IsWholeWithout(partition.Now, id) && !IsWholeWithout(before, id))
            {
                Violate($"node {id} is stopped while another replica of {partition.Id} still catches up; its ISR is [{string.Join(',', partition.Now.Isr)}]");
            }
        }
    }

    private static int Floor(SandboxPartition partition, PartitionRegistration registration, Sight sight) =>
        Math.Min(sight.MinIsr.GetValueOrDefault(partition.Topic.Name, 1), registration.Replicas.Length);

    private static int Without(PartitionRegistration partition, int id, Sight sight) =>
        partition.Isr.Count(member => member != id && sight.IsServing(member));

    private static bool IsWholeWithout(PartitionRegistration partition, int id) =>
        partition.Replicas.All(replica => replica == id || partition.IsInSync(replica));

    private void CheckQuorum(SandboxNode node, Sight now)
    {
        var voters = world.Nodes.Voters.Select(voter => voter.Id.Value).ToList();
        if (voters.Count < 3)
        {
            return;
        }

        int Left(Sight sight) => voters.Count(voter => voter != node.Id.Value && sight.IsVoting(voter));
        if (Left(now) <= voters.Count / 2 && Left(sight) <= voters.Count / 2)
        {
            Violate($"stopping node {node.Id} leaves {Left(now)} of {voters.Count} voters");
        }
    }

    private void CheckFeatures()
    {
        var now = world.Metadata.Features.Now;
        if (ReferenceEquals(now, levels))
        {
            return;
        }

        foreach (var (feature, level) in now.Where(feature => levels.GetValueOrDefault(feature.Key) != feature.Value))
        {
            CheckRaised(feature, level);
        }

        levels = now;

        // Kafka itself writes configs down when some features are raised.
        others.Expect();
    }

    private void CheckRaised(string feature, short level)
    {
        if (!IsApproved)
        {
            Violate($"{feature} is finalized at {level} without approval");
        }

        if (world.Nodes.All.FirstOrDefault(node => (node.Life?.Release ?? node.Installed) != schedule.Target) is { } behind)
        {
            Violate($"{feature} is finalized at {level} while node {behind.Id} runs {behind.Life?.Release ?? behind.Installed}");
        }

        if (level < levels.GetValueOrDefault(feature))
        {
            Violate($"{feature} is lowered to {level}");
        }

        var policy = schedule.Operator.Finalize;
        if (policy.Mode == FinalizeMode.After && !faults.HasBegun
            && world.Nodes.All.Any(node => node.Life is { } life && world.Now - life.StartedAt < policy.Soak))
        {
            Violate($"{feature} is finalized at {level} before every node has run for {policy.Soak}");
        }
    }

    private void CheckMetadata()
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            var now = partition.Now;
            if (now.Isr.Except(now.Replicas).Any() || (now.Leader >= 0 && !now.IsInSync(now.Leader)))
            {
                Violate($"{partition.Id} is led by {now.Leader} with ISR [{string.Join(',', now.Isr)}] of [{string.Join(',', now.Replicas)}]");
            }
        }

        foreach (var change in others.Changes())
        {
            Violate($"what belongs to others is changed: {change}");
        }

        // With no fault anywhere near, whatever is unavailable is so because of us.
        if (faults.IsOver && downByUs.Values.All(since => since - faults.LastChange > Aftermath))
        {
            CheckAvailable();
        }
    }

    private void CheckAvailable()
    {
        foreach (var partition in world.Metadata.Partitions.Where(partition => !unprotected.Contains(partition.Topic.Name)))
        {
            var now = partition.Now;
            var floor = Math.Min(world.Controller.Partitions.MinIsrOf(partition.Topic), now.Replicas.Length);
            if (downByUs.Count > 0 && (now.Leader < 0 || now.Isr.Length < floor))
            {
                Violate($"{partition.Id} is unavailable while node {downByUs.Keys.Min()} is restarted: leader {now.Leader}, ISR [{string.Join(',', now.Isr)}], {floor} needed");
            }
        }
    }

    /// <summary>A node serves, and all its replicas are in sync.</summary>
    public bool IsWhole(int id)
    {
        var node = world.Nodes.Find(id)!;
        return node.Life is { IsStopping: false } life
            && (!node.IsBroker || (life.Phase == BrokerPhase.Running && world.Metadata.Brokers.Now.GetValueOrDefault(id) is { IsActive: true }))
            && (!node.IsController || life.IsVoting)
            && world.Metadata.Partitions.All(partition => !partition.Now.HasReplica(id) || partition.Now.IsInSync(id) || partition.Now.Adding.Contains(id));
    }

    private void Violate(string what)
    {
        if (Violations.Count < 20)
        {
            Violations.Add($"{world.Now - schedule.Layout.Start:hh\\:mm\\:ss\\.fff}  {what}");
        }
    }
}

/// <summary>Ends a run at the step that broke something: what happens after that tells nothing.</summary>
internal sealed class InvariantBroken() : Exception("an invariant is broken");
