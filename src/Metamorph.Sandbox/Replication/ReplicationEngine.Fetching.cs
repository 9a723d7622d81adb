using System.Globalization;

namespace Metamorph.Sandbox;

/// <summary>Followers copy from leaders.</summary>
internal sealed partial class ReplicationEngine
{
    /// <summary><c>replica.fetch.max.bytes</c>: of one partition in one fetch.</summary>
    private const long MaxPartitionBytes = 1024 * 1024;

    /// <summary><c>replica.fetch.backoff.ms</c>: after an error.</summary>
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    /// <summary>How soon a fetch follows that was held back by the network card or a throttle.</summary>
    private static readonly TimeSpan HeldBack = TimeSpan.FromMilliseconds(20);

    /// <summary>How soon a follower that may not join the ISR yet fetches again (<c>replica.fetch.wait.max.ms</c>).</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromMilliseconds(500);

    private readonly SortedDictionary<(int Follower, int Leader), Fetcher> fetchers = [];
    private readonly Dictionary<int, (NetworkCard Out, NetworkCard In)> cards = [];
    private readonly Dictionary<int, (ReplicationQuota Leader, ReplicationQuota Follower)> quotas = [];

    /// <summary>How a partition's turn in a fetch ended.</summary>
    private enum Turn
    {
        /// <summary>Nothing is left to fetch or to tell.</summary>
        Done,

        /// <summary>It goes on with the next fetch.</summary>
        More,

        /// <summary>The network or a throttle holds it back.</summary>
        HeldBack,

        /// <summary>It has all, and may not join the ISR yet.</summary>
        NotEligible,

        /// <summary>The leader does not know yet that it leads, or whom; or the follower, that another does.</summary>
        Disagree,
    }

    /// <summary>Every follower of a partition has something to fetch.</summary>
    private void PullAll(SandboxPartition partition, PartitionRegistration believed)
    {
        foreach (var broker in believed.Replicas)
        {
            if (broker != believed.Leader && world.Nodes.Find(broker) is { Life: not null } follower)
            {
                Pull(follower, partition, believed.Leader);
            }
        }
    }

    private void Pull(SandboxNode follower, SandboxPartition partition, int leader)
    {
        if (world.Nodes.Find(leader) is not { } leaderNode)
        {
            return;
        }

        var key = (follower.Id.Value, leader);
        if (!fetchers.TryGetValue(key, out var fetcher))
        {
            fetchers[key] = fetcher = new Fetcher(follower, leaderNode);
        }

        fetcher.Add(partition);
        Schedule(fetcher, world.Timings.Hop * 2);
    }

    private void WakeFetcher(int follower, int leader)
    {
        if (fetchers.TryGetValue((follower, leader), out var fetcher) && !fetcher.IsIdle)
        {
            Schedule(fetcher, world.Timings.Hop);
        }
    }

    /// <summary>A fetch comes after a while, or sooner if one is on its way.</summary>
    private void Schedule(Fetcher fetcher, TimeSpan delay)
    {
        var at = world.Now + delay;
        if (fetcher.Next is { IsCancelled: false } && fetcher.NextAt <= at)
        {
            return;
        }

        fetcher.Next?.Cancel();
        fetcher.NextAt = at;
        fetcher.Next = world.After(delay, () => Fetch(fetcher));
    }

    private void Fetch(Fetcher fetcher)
    {
        // Where one of them is gone or not reached, the rest waits: its return wakes it.
        if (!fetcher.Follower.IsReachable || !fetcher.Leader.IsReachable
            || fetcher.Follower.Life is not { } following || fetcher.Leader.Life is not { } leading)
        {
            if (fetcher.Follower.Life is null)
            {
                fetcher.TakeAll();
            }

            return;
        }

        var delay = TimeSpan.MaxValue;
        foreach (var partition in fetcher.TakeAll())
        {
            var turn = FetchOne(fetcher, following, leading, partition);
            if (turn != Turn.Done)
            {
                fetcher.Add(partition);
                var wanted = DelayOf(turn);
                delay = wanted < delay ? wanted : delay;
            }
        }

        // What was added meanwhile, since the leader has something new to tell, has been scheduled by that.
        if (delay < TimeSpan.MaxValue)
        {
            Schedule(fetcher, delay);
        }
    }

    private TimeSpan DelayOf(Turn turn) => turn switch
    {
        Turn.More => world.Timings.Hop * 3,
        Turn.HeldBack => HeldBack,
        Turn.NotEligible => LongPoll,
        Turn.Disagree => Backoff,
        _ => throw new InvalidOperationException($"no fetch follows {turn}"),
    };

    private Turn FetchOne(Fetcher fetcher, NodeLife following, NodeLife leading, SandboxPartition partition)
    {
        var (follower, leader) = (fetcher.Follower.Id.Value, fetcher.Leader.Id.Value);
        if (partition.AsOf(following.Applied) is not { } mine || mine.Leader != leader || !mine.HasReplica(follower)
            || partition.Topic.DeletedAt <= following.Applied)
        {
            return Turn.Done;
        }

        if (partition.AsOf(leading.Applied) is not { } theirs || theirs.Leader != leader || theirs.LeaderEpoch != mine.LeaderEpoch
            || !theirs.HasReplica(follower)
            || leading.Phase is not (BrokerPhase.Running or BrokerPhase.PendingControlledShutdown)
            || IsOffline(partition, leader) || IsOffline(partition, follower))
        {
            return Turn.Disagree;
        }

        if (partition.Replicas is null)
        {
            if (theirs.IsInSync(follower))
            {
                return Turn.Done;
            }

            // Until its leader knows it as a member it comes again: the controller may have said no.
            JoinQuietly(partition, fetcher, theirs);
            return Turn.NotEligible;
        }

        return Copy(fetcher, partition, ReplicaOn(partition, fetcher.Follower), Lead(fetcher.Leader, partition, theirs));
    }

    private Turn Copy(Fetcher fetcher, SandboxPartition partition, Replica to, Replica from)
    {
        if (to.MustCompareEpochs)
        {
            CompareEpochs(partition, to, from);
        }

        to.Log.BeginAt(from.Log.Start);
        var isMember = NoteFetch(partition, from, to);
        var given = Give(fetcher, partition, to, from);
        to.HighWatermark = Math.Min(from.HighWatermark, to.Log.End);
        if (given == Turn.HeldBack)
        {
            return Turn.HeldBack;
        }

        if (given == Turn.More || to.Log.End < from.Log.End || to.HighWatermark < from.HighWatermark)
        {
            return Turn.More;
        }

        return isMember ? Turn.Done : Turn.NotEligible;
    }

    /// <summary>Cuts off what the follower has and its leader never had (KIP-101, KIP-595).</summary>
    private void CompareEpochs(SandboxPartition partition, Replica to, Replica from)
    {
        to.MustCompareEpochs = false;
        var (epoch, end) = from.Log.EndOfEpoch(to.Log.LastEpoch);
        if (epoch < to.Log.LastEpoch)
        {
            // The leader has no record of that epoch: what the follower has of it is not the leader's either.
            end = Math.Min(end, to.Log.EndOfEpoch(epoch).EndOffset);
        }

        var size = to.Log.Bytes;
        if (to.Log.TruncateTo(Math.Min(end, from.Log.End)))
        {
            disks[to.Node.Id.Value][to.Dir].UsedBytes -= size - to.Log.Bytes;
            to.HighWatermark = Math.Min(to.HighWatermark, to.Log.End);
            world.Say($"{partition.Id} on broker {to.Node.Id} is cut to {to.Log.End}");
        }
    }

    /// <summary>Hands out what the follower has not, as far as network, throttles and disk let it.</summary>
    private Turn Give(Fetcher fetcher, SandboxPartition partition, Replica to, Replica from)
    {
        if (to.Log.End >= from.Log.End)
        {
            return Turn.Done;
        }

        var isThrottledByLeader = IsThrottled(partition, from.Node, to.Node.Id.Value, isLeader: true);
        var isThrottledByFollower = IsThrottled(partition, to.Node, to.Node.Id.Value, isLeader: false);
        if (!from.Leading!.Isr.Contains(to.Node.Id.Value)
            && ((isThrottledByLeader && IsQuotaExceeded(from.Node, isLeader: true))
                || (isThrottledByFollower && IsQuotaExceeded(to.Node, isLeader: false))))
        {
            return Turn.HeldBack;
        }

        var (output, input) = (cards[from.Node.Id.Value].Out, cards[to.Node.Id.Value].In);
        var budget = Math.Min(output.Available(world.Now), input.Available(world.Now));
        if (budget <= 0)
        {
            return Turn.HeldBack;
        }

        // The long synthetic past is read in larger pieces, or a terabyte would take a million fetches.
        var most = Math.Min(budget, to.Log.End < from.Log.SyntheticEnd ? budget : MaxPartitionBytes);
        var bytes = to.Log.End < from.Log.SyntheticEnd ? GiveSynthetic(to, from, most) : GiveBatches(to, from, most);
        output.Take(bytes);
        input.Take(bytes);
        if (isThrottledByLeader)
        {
            quotas[from.Node.Id.Value].Leader.Record(world.Now, bytes);
        }

        if (isThrottledByFollower)
        {
            quotas[to.Node.Id.Value].Follower.Record(world.Now, bytes);
        }

        return Written(to, bytes) ? Turn.More : Turn.Disagree;
    }

    private static long GiveSynthetic(Replica to, Replica from, long most)
    {
        var left = from.Log.SyntheticBytes - to.Log.SyntheticBytes;
        if (left <= most)
        {
            to.Log.AppendSynthetic(from.Log.SyntheticEnd, Math.Max(0, left));
            return Math.Max(0, left);
        }

        var share = (double)most / left;
        var records = Math.Max(1, (long)((from.Log.SyntheticEnd - to.Log.End) * share));
        to.Log.AppendSynthetic(Math.Min(from.Log.SyntheticEnd - 1, to.Log.End + records), most);
        return most;
    }

    private static long GiveBatches(Replica to, Replica from, long most)
    {
        var given = 0L;
        for (var i = from.Log.IndexOf(to.Log.End); i < from.Log.Batches.Count; i++)
        {
            var batch = from.Log.Batches[i];
            if (given > 0 && given + batch.SizeBytes > most)
            {
                break;
            }

            to.Log.Append(batch);
            given += batch.SizeBytes;
        }

        return given;
    }

    private bool IsQuotaExceeded(SandboxNode node, bool isLeader)
    {
        var key = isLeader ? "leader.replication.throttled.rate" : "follower.replication.throttled.rate";
        return RateOf(node, key) is { } rate
            && (isLeader ? quotas[node.Id.Value].Leader : quotas[node.Id.Value].Follower).IsExceeded(world.Now, rate);
    }

    private long? RateOf(SandboxNode node, string key) =>
        (world.Metadata.Configs.Find(ConfigOwner.Broker, $"{node.Id}", key)
            ?? world.Metadata.Configs.Find(ConfigOwner.Broker, "", key)) is { } text
        && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : null;

    /// <summary>Whether the topic's throttle lists name a replica: <c>*</c>, or <c>partition:broker</c> with commas.</summary>
    private bool IsThrottled(SandboxPartition partition, SandboxNode at, int follower, bool isLeader)
    {
        var key = isLeader ? "leader.replication.throttled.replicas" : "follower.replication.throttled.replicas";
        if (world.Metadata.Configs.Find(ConfigOwner.Topic, partition.Topic.Name, key) is not { Length: > 0 } list)
        {
            return false;
        }

        return list == "*" || list.Split(',').Contains($"{partition.Index}:{(isLeader ? at.Id.Value : follower)}");
    }
}
