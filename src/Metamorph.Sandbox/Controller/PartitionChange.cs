using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// One change of a partition, made of what is wanted of it: completes its reassignment where that is due, elects, and
/// counts the epochs up (<c>PartitionChangeBuilder</c>).
/// </summary>
internal sealed class PartitionChange(PartitionRegistration now, ReleaseProfile controller, short metadataVersion)
{
    private int[] replicas = now.Replicas;
    private int[] isr = now.Isr;
    private int[] adding = now.Adding;
    private int[] removing = now.Removing;
    private int[] elr = now.Elr;
    private int[] lastKnownElr = now.LastKnownElr;
    private bool isRecovering = now.IsRecovering;

    /// <summary>Which brokers may lead.</summary>
    public required Func<int, bool> IsAcceptable { get; init; }

    public ElectionKind Election { get; init; }

    /// <summary>Whether eligible leader replicas are in use (KIP-966).</summary>
    public bool UsesElr { get; init; }

    /// <summary>The effective <c>min.insync.replicas</c>, for the ELR.</summary>
    public int MinIsr { get; init; } = 1;

    /// <summary>Brokers that came back from an unclean end: what they had may be lost, and they are not eligible.</summary>
    public int[] Unclean { get; init; } = PartitionRegistration.None;

    public int[] Isr
    {
        set => isr = value;
    }

    public (int[] Replicas, int[] Adding, int[] Removing) Assignment
    {
        set => (replicas, adding, removing) = value;
    }

    public bool IsRecovering
    {
        set => isRecovering = value;
    }

    /// <summary>The record, or null when nothing changes.</summary>
    public PartitionRegistration? Build()
    {
        CompleteReassignment();
        PopulateElr();
        var leader = Elect();
        var isLeaderSet = leader != now.Leader || NeedsEpochBump();
        RememberLastLeader(leader);

        // Kafka leaves the last member of an ISR in it (unless the ELR remembers it), though nobody leads then.
        if (isr.Length == 0 && !UsesElr)
        {
            isr = now.Isr;
        }

        if (!isLeaderSet && Same(replicas, now.Replicas) && Same(isr, now.Isr) && Same(adding, now.Adding)
            && Same(removing, now.Removing) && Same(elr, now.Elr) && Same(lastKnownElr, now.LastKnownElr)
            && isRecovering == now.IsRecovering)
        {
            return null;
        }

        return new PartitionRegistration
        {
            Leader = leader,
            LeaderEpoch = now.LeaderEpoch + (isLeaderSet ? 1 : 0),
            PartitionEpoch = now.PartitionEpoch + 1,
            Replicas = replicas,
            Isr = isr,
            Adding = adding,
            Removing = removing,
            Elr = elr,
            LastKnownElr = lastKnownElr,
            IsRecovering = isRecovering,
        };
    }

    private static bool Same(int[] left, int[] right) => left.AsSpan().SequenceEqual(right);

    private void CompleteReassignment()
    {
        if (adding.Length == 0 && removing.Length == 0)
        {
            return;
        }

        var newIsr = isr.Except(removing).ToArray();
        var target = replicas.Except(removing).ToArray();
        var isComplete = controller.ReassignmentRule switch
        {
            ReassignmentRule.AddedInSync => adding.All(newIsr.Contains),
            ReassignmentRule.TargetInSync => target.All(newIsr.Contains),
            ReassignmentRule.AddedInSyncTargetWhenShrinking => adding.All(newIsr.Contains)
                && (adding.Length >= removing.Length || target.All(newIsr.Contains)),
            _ => throw new InvalidOperationException($"no such rule: {controller.ReassignmentRule}"),
        };
        if (newIsr.Length > 0 && isComplete)
        {
            (replicas, isr, adding, removing) = (target, newIsr, PartitionRegistration.None, PartitionRegistration.None);
        }
    }

    private int Elect()
    {
        if (Election == ElectionKind.Preferred && IsValid(replicas[0]))
        {
            return replicas[0];
        }

        if (now.Leader >= 0 && replicas.Contains(now.Leader) && IsValid(now.Leader))
        {
            return now.Leader;
        }

        foreach (var replica in replicas)
        {
            if (IsValid(replica))
            {
                if (!isr.Contains(replica))
                {
                    (isr, elr) = ([replica], [.. elr.Where(other => other != replica)]);
                }

                return replica;
            }
        }

        if (LastResort() is { } unclean)
        {
            (isr, elr, isRecovering) = ([unclean], PartitionRegistration.None, true);
            return unclean;
        }

        return -1;
    }

    /// <summary>
    /// Who leads though it may lack records: the last leader, once nobody is eligible (KIP-966's balanced recovery);
    /// any replica, where unclean elections are allowed.
    /// </summary>
    private int? LastResort() =>
        UsesElr && isr.Length == 0 && elr.Length == 0 && now.LastKnownElr is [var last] && IsAcceptable(last) ? last
            : Election == ElectionKind.Unclean ? replicas.Cast<int?>().FirstOrDefault(replica => IsAcceptable(replica!.Value))
            : null;

    /// <summary>A partition that loses its leader remembers it, until one leads again.</summary>
    private void RememberLastLeader(int leader)
    {
        if (!UsesElr)
        {
            return;
        }

        if (leader >= 0)
        {
            lastKnownElr = PartitionRegistration.None;
        }
        else if (now.Leader >= 0)
        {
            lastKnownElr = [now.Leader];
        }
    }

    private bool IsValid(int replica) =>
        IsAcceptable(replica) && (isr.Contains(replica) || (UsesElr && isr.Length == 0 && elr.Contains(replica)));

    /// <summary>A removed replica must not be believed any more; before 3.6-IV0 no shrunk ISR's member either.</summary>
    private bool NeedsEpochBump() =>
        now.Replicas.Except(replicas).Any()
        || (MetadataRules.BumpsLeaderEpochOnIsrShrink(metadataVersion) && now.Isr.Except(isr).Any());

    /// <summary>Who leaves the ISR while it is under min ISR stays eligible (KIP-966).</summary>
    private void PopulateElr()
    {
        if (!UsesElr)
        {
            return;
        }

        elr = isr.Length >= Math.Min(MinIsr, replicas.Length)
            ? PartitionRegistration.None
            : [.. now.Elr.Union(now.Isr).Except(isr).Except(Unclean).Where(replicas.Contains)];
    }
}

/// <summary>What an election may do.</summary>
internal enum ElectionKind
{
    /// <summary>Keeps the leader while it is valid.</summary>
    Online,

    /// <summary>Takes the first replica, if that is valid.</summary>
    Preferred,

    /// <summary>Takes a replica that is not in sync where no other lives: records may be lost.</summary>
    Unclean,
}
