using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>
/// What must never be, asked of the cluster as it really is, and not of what Metamorph was shown. Shares no code with the
/// gates, which it checks.
/// </summary>
internal sealed class Invariants(World world, Schedule schedule, Func<DateTimeOffset> lastFault)
{
    /// <summary>
    /// A fault within this long before a stop may not have been seen yet: a look at a cluster with a slow node takes
    /// seconds.
    /// </summary>
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(6);

    private readonly Dictionary<SandboxPartition, (long Committed, int LeaderEpoch)> seen = [];
    private readonly HashSet<int> downByUs = [];
    private readonly HashSet<int> inHand = [];
    private readonly ImmutableSortedSet<string> unprotected = schedule.Unprotected;
    private ImmutableSortedDictionary<string, short> levels = world.Metadata.Features.Now;
    private long checkedAt = -1;

    /// <summary>What was broken, the first first.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>The finalisation has been approved.</summary>
    public bool IsApproved { get; set; }

    /// <summary>Metamorph has stopped the node and not started it yet.</summary>
    public bool IsInHand(int node) => inHand.Contains(node);

    /// <summary>Metamorph asks a node to stop.</summary>
    public void Stopping(NodeId id)
    {
        var node = world.Nodes[id];
        if (node.Life is null or { IsStopping: true })
        {
            inHand.Add(id.Value);
            return;
        }

        if (downByUs.FirstOrDefault(other => other != id.Value && !IsWhole(other), -1) is var away and >= 0)
        {
            Violate($"node {id} is stopped while node {away}, which was stopped before, is not back");
        }

        downByUs.Add(id.Value);
        inHand.Add(id.Value);
        if (world.Now - lastFault() < Unseen)
        {
            return;
        }

        CheckPartitions(node);
        CheckQuorum(node);
    }

    /// <summary>Metamorph starts a node.</summary>
    public void Starting(NodeId id, KafkaRelease release)
    {
        if (release < world.Nodes[id].Installed)
        {
            Violate($"node {id} goes back from {world.Nodes[id].Installed} to {release}");
        }

        inHand.Remove(id.Value);
    }

    /// <summary>After every step.</summary>
    public void Check()
    {
        downByUs.RemoveWhere(node => !inHand.Contains(node) && IsWhole(node));
        CheckFeatures();
        CheckCommitted();
        if (world.Metadata.End != checkedAt)
        {
            checkedAt = world.Metadata.End;
            CheckMetadata();
        }
    }

    private void CheckPartitions(SandboxNode node)
    {
        var id = node.Id.Value;
        foreach (var partition in world.Metadata.Partitions)
        {
            var now = partition.Now;
            if (!now.HasReplica(id) || unprotected.Contains(partition.Topic.Name))
            {
                continue;
            }

            var left = now.Isr.Count(member => member != id && IsServing(member));
            var floor = Math.Min(world.Controller.Partitions.MinIsrOf(partition.Topic), now.Replicas.Length);
            if (left < floor)
            {
                Violate($"stopping node {id} leaves {partition.Id} with {left} in-sync replicas, and {floor} are needed; its ISR is [{string.Join(',', now.Isr)}]");
            }
        }
    }

    private void CheckQuorum(SandboxNode node)
    {
        var voters = world.Nodes.Voters.ToList();
        if (!node.IsController || voters.Count < 3)
        {
            return;
        }

        var left = voters.Count(voter => voter != node && voter is { IsReachable: true, Life: { IsVoting: true, IsStopping: false } });
        if (left <= voters.Count / 2)
        {
            Violate($"stopping node {node.Id} leaves {left} of {voters.Count} voters");
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
            if (!IsApproved)
            {
                Violate($"{feature} is finalized at {level} without approval");
            }

            if (world.Nodes.All.FirstOrDefault(node => node.Life is { } life && life.Release != schedule.Target) is { } behind)
            {
                Violate($"{feature} is finalized at {level} while node {behind.Id} runs {behind.Life!.Release}");
            }

            if (level < levels.GetValueOrDefault(feature))
            {
                Violate($"{feature} is lowered to {level}");
            }
        }

        levels = now;
    }

    /// <summary>What all in-sync replicas had stays, whoever leads.</summary>
    private void CheckCommitted()
    {
        foreach (var partition in world.Replication.Busy)
        {
            if (partition.Replicas!.Find(partition.Now.Leader) is not { } leader)
            {
                continue;
            }

            var (committed, epoch) = seen.GetValueOrDefault(partition, (0, -1));
            if (leader.Log.End < committed && leader.Leading is { } leading && leading.Epoch == partition.Now.LeaderEpoch)
            {
                Violate($"{partition.Id} had {committed} committed records, and its leader {leader.Node.Id} has {leader.Log.End}");
            }

            if (partition.Now.LeaderEpoch < epoch)
            {
                Violate($"{partition.Id} goes back from leader epoch {epoch} to {partition.Now.LeaderEpoch}");
            }

            seen[partition] = (Math.Max(committed, Math.Min(leader.HighWatermark, leader.Log.End)), partition.Now.LeaderEpoch);
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
    }

    private bool IsServing(int broker) =>
        world.Nodes.Find(broker) is { IsReachable: true, Life.Phase: BrokerPhase.Running }
        && world.Metadata.Brokers.Now.GetValueOrDefault(broker) is { IsActive: true };

    private bool IsWhole(int id)
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
