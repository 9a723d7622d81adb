using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Who is in sync, and up to where all of them are.</summary>
internal sealed partial class ReplicationEngine
{
    /// <summary>Looks for followers that have fallen behind, every half of <c>replica.lag.time.max.ms</c>.</summary>
    public void ExpireIsrs(SandboxNode node, NodeLife life)
    {
        if (node.Life != life)
        {
            return;
        }

        world.After(world.Timings.ReplicaLagMax / 2, () => NodeTable.WhenAwake(node, life, () => ExpireIsrs(node, life)));
        foreach (var partition in busy)
        {
            if (partition.Replicas!.Find(node.Id.Value) is { Leading: { Proposed: null } leading } replica
                && leading.Isr.Where(member => member != node.Id.Value && IsBehind(leading, member, replica.Log.End)).ToList() is { Count: > 0 } behind)
            {
                Propose(partition, replica, [.. leading.Isr.Except(behind)]);
            }
        }
    }

    /// <summary>The leader hears how far a follower is.</summary>
    /// <returns>Whether the follower is in sync now, and need not be heard again before there is something new.</returns>
    private bool NoteFetch(SandboxPartition partition, Replica leader, Replica follower)
    {
        var leading = leader.Leading!;
        var id = follower.Node.Id.Value;
        var state = leading.Of(id);
        var end = follower.Log.End;
        if (end >= leader.Log.End)
        {
            state.LastCaughtUp = world.Now;
        }
        else if (end >= state.LeaderEndAtLastFetch && state.LeaderEndAtLastFetch >= 0)
        {
            state.LastCaughtUp = state.LastFetch;
        }

        (state.End, state.LastFetch, state.LeaderEndAtLastFetch) = (end, world.Now, leader.Log.End);
        var isMember = leading.Isr.Contains(id);
        if (!isMember && leading.Proposed is null && end >= leader.HighWatermark && end >= leading.EpochStart && IsEligible(leader.Node, id))
        {
            Propose(partition, leader, [.. leading.Isr, id]);
        }

        AdvanceHighWatermark(partition, leader);
        return isMember;
    }

    /// <summary>Whether a follower may join the ISR, as far as its leader knows.</summary>
    private bool IsEligible(SandboxNode leader, int follower) =>
        world.Metadata.Brokers.AsOf(leader.Life!.Applied).GetValueOrDefault(follower) is { IsActive: true } known
        && world.Nodes.Find(follower)?.Life?.BrokerEpoch == known.Epoch;

    private bool IsBehind(LeaderState leading, int member, long leaderEnd)
    {
        var state = leading.Of(member);
        return state.End != leaderEnd && world.Now - state.LastCaughtUp > world.Timings.ReplicaLagMax;
    }

    /// <summary>Asks the controller for another ISR (AlterPartition); one wish at a time.</summary>
    private void Propose(SandboxPartition partition, Replica leader, int[] isr)
    {
        var leading = leader.Leading!;
        var (node, life) = (leader.Node, leader.Node.Life!);
        leading.Proposed = isr;
        var wish = new IsrWish(isr, leading.Epoch, leading.PartitionEpoch, EpochOf: null);
        world.Quorum.WhenReachedFrom(node, life, () =>
        {
            var error = world.Controller.Partitions.AlterIsr(partition, node, wish);
            var now = partition.Now;
            world.After(world.Timings.Commit + world.Timings.Hop, () => NodeTable.WhenAwake(node, life, () => Heard(partition, leader, leading, (error, now))));
        });
    }

    private void Heard(SandboxPartition partition, Replica leader, LeaderState leading, (ErrorCode Error, PartitionRegistration Now) answer)
    {
        if (leader.Leading != leading)
        {
            return;
        }

        leading.Proposed = null;
        if (answer.Error == ErrorCode.None && answer.Now.PartitionEpoch > leading.PartitionEpoch)
        {
            (leading.Isr, leading.PartitionEpoch) = (answer.Now.Isr, answer.Now.PartitionEpoch);
        }

        AdvanceHighWatermark(partition, leader);
        PullAll(partition, partition.Now);
    }

    /// <summary>A follower of a quiet partition has all there is: only the controller has to agree.</summary>
    private void JoinQuietly(SandboxPartition partition, Fetcher fetcher, PartitionRegistration theirs)
    {
        var (follower, leader) = (fetcher.Follower.Id.Value, fetcher.Leader);
        if (!IsEligible(leader, follower))
        {
            return;
        }

        world.Quorum.WhenReachedFrom(leader, leader.Life!, () =>
        {
            var now = partition.Now;
            if (partition.Replicas is null && now.LeaderEpoch == theirs.LeaderEpoch && !now.IsInSync(follower))
            {
                world.Controller.Partitions.AlterIsr(partition, leader, new IsrWish([.. now.Isr, follower], now.LeaderEpoch, now.PartitionEpoch, EpochOf: null));
            }
        });
    }

    /// <summary>
    /// Moves the high watermark to where every replica is that is in sync, or is about to be; who waited for that hears
    /// of it.
    /// </summary>
    private void AdvanceHighWatermark(SandboxPartition partition, Replica leader)
    {
        if (leader.Leading is not { } leading || leader.Node.Life is not { } life)
        {
            return;
        }

        var lowest = leader.Log.End;
        foreach (var broker in partition.AsOf(life.Applied)?.Replicas ?? [])
        {
            if (broker != leader.Node.Id.Value && Counts(leading, leader, broker))
            {
                lowest = Math.Min(lowest, leading.Of(broker).End);
            }
        }

        var mayMove = !life.Profile.HighWatermarkStallsUnderMinIsr || leading.Isr.Length >= MinIsrOf(partition, life);
        if (lowest > leader.HighWatermark && mayMove)
        {
            leader.HighWatermark = lowest;
            Release(partition, leader);
            WakeWatches(leader.Node, partition);
            PullAll(partition, partition.Now);
        }
        else
        {
            Release(partition, leader);
        }
    }

    private bool Counts(LeaderState leading, Replica leader, int broker) =>
        leading.MaximalIsr.Contains(broker)
        || (world.Now - leading.Of(broker).LastCaughtUp <= world.Timings.ReplicaLagMax && leading.Of(broker).End >= 0 && IsEligible(leader.Node, broker));

    private void Release(SandboxPartition partition, Replica leader)
    {
        var waiting = leader.Leading!.Waiting;
        var done = 0;
        while (done < waiting.Count && waiting[done].RequiredOffset <= leader.HighWatermark)
        {
            done++;
        }

        if (done == 0)
        {
            return;
        }

        var released = waiting.GetRange(0, done);
        waiting.RemoveRange(0, done);
        var error = leader.Leading.Isr.Length < MinIsrOf(partition, leader.Node.Life!)
            ? ErrorCode.NotEnoughReplicasAfterAppend
            : ErrorCode.None;
        foreach (var wait in released)
        {
            wait.Patience?.Cancel();
            wait.WhenDone(error);
        }
    }

    private int MinIsrOf(SandboxPartition partition, NodeLife life) =>
        life.Profile.EffectiveMinIsr(world.Controller.Partitions.MinIsrOf(partition.Topic), partition.Now.Replicas.Length);
}
