using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads a cluster and its machines into one <see cref="ClusterSnapshot"/>.</summary>
public interface IClusterObserver
{
    /// <summary>Reads the cluster now. What does not answer is in the snapshot as unknown.</summary>
    /// <exception cref="ClusterUnreachableException">No broker at all answered: there is nothing to make a snapshot
    /// of.</exception>
    Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Reads what concerns one node now: its machine, its registration, its own answers, and the quorum; and of the
    /// cluster what <paramref name="scope"/> has. Of the other nodes it knows what the cluster says, and no more, so no
    /// gate that needs them opens on it. A restart is looked at for many seconds, and asking all others each time costs
    /// them more than it tells.
    /// </summary>
    /// <exception cref="ClusterUnreachableException">No broker at all answered.</exception>
    Task<ClusterSnapshot> ObserveNodeAsync(NodeId node, SnapshotScope scope, CancellationToken cancellationToken);
}

/// <summary>How much a snapshot holds: a wait that looks five times a second should not read every disk.</summary>
[Flags]
public enum SnapshotScope
{
    /// <summary>Nodes, processes, registrations, quorum, features.</summary>
    Nodes = 0,

    /// <summary>And topics with their partitions: by far the longest answer of a large cluster.</summary>
    Health = 1,

    /// <summary>And <c>min.insync.replicas</c> of every topic, reassignments: what the stop gates compare.</summary>
    Safety = Health | 2,

    /// <summary>And consumer groups with their lag.</summary>
    Groups = Health | 4,

    /// <summary>And log dirs with their sizes.</summary>
    Disks = Health | 8,

    /// <summary>And throttles.</summary>
    Throttles = Health | 16,

    /// <summary>All of it.</summary>
    Full = Safety | Groups | Disks | Throttles,
}

/// <summary>No broker of the cluster answered. Nothing is known of it.</summary>
public sealed class ClusterUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
