using System.Globalization;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Leaders and in-sync replicas, on the controller's side (<c>ReplicationControlManager</c>).</summary>
internal sealed class PartitionControl(World world)
{
    private bool UsesElr => MetadataRules.HasEligibleLeaderReplicas(world.Metadata.Features.Now);

    /// <summary>Takes a broker out of every ISR and off every leadership: it is fenced, shutting down, or gone.</summary>
    public void RemoveFromIsrs(int broker) => RemoveFromIsrsWhere(broker, static _ => true);

    /// <summary>As <see cref="RemoveFromIsrs"/>, for some partitions: those in a log dir that failed.</summary>
    public void RemoveFromIsrsWhere(int broker, Func<SandboxPartition, bool> isMeant)
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            var now = partition.Now;
            if ((now.IsInSync(broker) || now.Leader == broker) && isMeant(partition))
            {
                Remove(partition, broker, unclean: []);
            }
        }
    }

    /// <summary>
    /// A broker came back from an unclean end: it is in sync nowhere, and nowhere eligible to lead (KIP-966,
    /// <c>handleBrokerUncleanShutdown</c>).
    /// </summary>
    public void RemoveUnclean(int broker)
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            var now = partition.Now;
            if (now.IsInSync(broker) || now.Leader == broker || now.Elr.Contains(broker))
            {
                Remove(partition, broker, unclean: [broker]);
            }
        }
    }

    /// <summary>A broker can lead again: partitions without a leader may have waited for it.</summary>
    public void ElectWhereLeaderless(int broker)
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            if (partition.Now.Leader < 0 && partition.Now.HasReplica(broker))
            {
                ElectWith(partition, broker);
            }
        }
    }

    /// <summary>Gives partitions that are led by another back to their preferred leader.</summary>
    public void ElectPreferredWhereNeeded()
    {
        foreach (var partition in world.Metadata.Partitions)
        {
            if (partition.Now is { } now && now.Leader != now.Replicas[0] && now.IsInSync(now.Replicas[0]))
            {
                Elect(partition, ElectionKind.Preferred);
            }
        }
    }

    /// <summary>One election as ElectLeaders asks for it.</summary>
    public ErrorCode Elect(SandboxPartition partition, ElectionKind kind)
    {
        var now = partition.Now;
        if ((kind == ElectionKind.Preferred && now.Leader == now.Replicas[0]) || (kind == ElectionKind.Unclean && now.Leader >= 0))
        {
            return ErrorCode.ElectionNotNeeded;
        }

        var next = Change(partition, replica => IsAcceptable(partition, replica), kind);
        var isElected = next is not null && (kind == ElectionKind.Preferred ? next.Leader == now.Replicas[0] : next.Leader >= 0);
        if (!isElected)
        {
            return kind == ElectionKind.Preferred ? ErrorCode.PreferredLeaderNotAvailable : ErrorCode.EligibleLeadersNotAvailable;
        }

        Apply(partition, next);
        return ErrorCode.None;
    }

    /// <summary>A leader's wish for another ISR (AlterPartition).</summary>
    /// <param name="partition">Which one.</param>
    /// <param name="leader">Who asks.</param>
    /// <param name="wish">The epochs that it knows, and the ISR that it wants.</param>
    public ErrorCode AlterIsr(SandboxPartition partition, SandboxNode leader, IsrWish wish)
    {
        var now = partition.Now;
        if (partition.Topic.DeletedAt is not null)
        {
            return ErrorCode.UnknownTopicId;
        }

        if (wish.LeaderEpoch != now.LeaderEpoch)
        {
            return wish.LeaderEpoch < now.LeaderEpoch ? ErrorCode.FencedLeaderEpoch : ErrorCode.NotController;
        }

        if (wish.PartitionEpoch != now.PartitionEpoch)
        {
            return ErrorCode.InvalidUpdateVersion;
        }

        if (now.Leader != leader.Id.Value || !wish.Isr.Contains(leader.Id.Value) || wish.Isr.Except(now.Replicas).Any())
        {
            return ErrorCode.InvalidRequest;
        }

        if (wish.Isr.Any(member => !world.Controller.Brokers.IsActive(member) || !HasEpoch(member, wish)))
        {
            return ErrorCode.IneligibleReplica;
        }

        var next = Change(partition, replica => IsAcceptable(partition, replica), isr: wish.Isr, isRecovered: true);
        Apply(partition, next);
        return partition.Now.Leader == leader.Id.Value ? ErrorCode.None : ErrorCode.NewLeaderElected;
    }

    /// <summary>The <c>min.insync.replicas</c> that counts for a topic, as it is configured.</summary>
    public int MinIsrOf(SandboxTopic topic)
    {
        var version = world.Metadata.Configs.Version;
        if (topic.MinIsr.AsOf != version)
        {
            topic.MinIsr = (version, int.Parse(ValueOf(topic, "min.insync.replicas", "1"), CultureInfo.InvariantCulture));
        }

        return topic.MinIsr.Value;
    }

    /// <summary>Builds a change under the rules of the active controller's release; null: nothing would change.</summary>
    public PartitionRegistration? Change(
        SandboxPartition partition,
        Func<int, bool> isAcceptable,
        ElectionKind? kind = null,
        int[]? isr = null,
        (int[] Replicas, int[] Adding, int[] Removing)? assignment = null,
        bool isRecovered = false,
        int[]? unclean = null)
    {
        var now = partition.Now;
        var change = new PartitionChange(now, world.Quorum.Profile!, world.Metadata.MetadataVersion)
        {
            IsAcceptable = isAcceptable,
            Election = kind ?? (AllowsUnclean(partition.Topic) ? ElectionKind.Unclean : ElectionKind.Online),
            UsesElr = UsesElr,
            MinIsr = MinIsrOf(partition.Topic),
            Unclean = unclean ?? PartitionRegistration.None,
        };
        if (isr is not null)
        {
            change.Isr = isr;
        }

        if (assignment is { } wanted)
        {
            change.Assignment = wanted;
        }

        if (isRecovered)
        {
            change.IsRecovering = false;
        }

        return change.Build();
    }

    /// <summary>Whether a broker may lead a partition: it is active, and the partition's log dir on it is well.</summary>
    public bool IsAcceptable(SandboxPartition partition, int broker) =>
        world.Controller.Brokers.IsActive(broker) && !world.Replication.IsOffline(partition, broker);

    /// <summary>Takes a change into the metadata log.</summary>
    public void Apply(SandboxPartition partition, PartitionRegistration? next)
    {
        if (next is null)
        {
            return;
        }

        var before = partition.Now;
        world.Metadata.Change(partition, next);
        if (before.Leader != next.Leader)
        {
            world.Say($"{partition.Id} leader {before.Leader} -> {next.Leader}, epoch {next.LeaderEpoch}");
        }

        if (!before.Isr.AsSpan().SequenceEqual(next.Isr))
        {
            world.Say($"{partition.Id} isr [{string.Join(',', before.Isr)}] -> [{string.Join(',', next.Isr)}]");
        }

        if (!before.Replicas.AsSpan().SequenceEqual(next.Replicas))
        {
            world.Say($"{partition.Id} replicas [{string.Join(',', before.Replicas)}] -> [{string.Join(',', next.Replicas)}]");
        }
    }

    /// <summary>Whether <c>unclean.leader.election.enable</c> is on for a topic.</summary>
    public bool AllowsUnclean(SandboxTopic topic)
    {
        var version = world.Metadata.Configs.Version;
        if (topic.AllowsUnclean.AsOf != version)
        {
            topic.AllowsUnclean = (version, ValueOf(topic, "unclean.leader.election.enable", "false") == "true");
        }

        return topic.AllowsUnclean.Value;
    }

    /// <remarks>These two are not in the loops over all partitions: whoever captures one pays for each.</remarks>
    private void Remove(SandboxPartition partition, int broker, int[] unclean) => Apply(partition, Change(
        partition,
        replica => replica != broker && IsAcceptable(partition, replica),
        isr: [.. partition.Now.Isr.Where(member => member != broker)],
        unclean: unclean));

    private void ElectWith(SandboxPartition partition, int broker) =>
        Apply(partition, Change(partition, replica => replica == broker || IsAcceptable(partition, replica)));

    private string ValueOf(SandboxTopic topic, string key, string otherwise) =>
        world.Metadata.Configs.Find(ConfigOwner.Topic, topic.Name, key)
            ?? world.Metadata.Configs.Find(ConfigOwner.Broker, "", key)
            ?? world.Topology.Properties.GetValueOrDefault(key, otherwise);

    private bool HasEpoch(int member, IsrWish wish) =>
        wish.EpochOf is null || world.Metadata.Brokers.Now[member].Epoch == wish.EpochOf(member);
}

/// <summary>What a leader wants its ISR to be, and what it knows.</summary>
/// <param name="EpochOf">The broker epoch by which the leader knows a member; null before 3.5, which did not say.</param>
internal readonly record struct IsrWish(int[] Isr, int LeaderEpoch, int PartitionEpoch, Func<int, long>? EpochOf);
