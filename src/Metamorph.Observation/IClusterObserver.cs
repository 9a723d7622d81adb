using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads a cluster and its machines into one <see cref="ClusterSnapshot"/>.</summary>
public interface IClusterObserver
{
    /// <summary>Reads the cluster now. What does not answer is in the snapshot as unknown.</summary>
    /// <exception cref="ClusterUnreachableException">No broker at all answered: there is nothing to make a snapshot
    /// of.</exception>
    Task<ClusterSnapshot> ObserveAsync(SnapshotScope scope, CancellationToken cancellationToken);
}

/// <summary>How much a snapshot holds: a wait that looks five times a second should not read every disk.</summary>
[Flags]
public enum SnapshotScope
{
    /// <summary>Nodes, processes, registrations, quorum, features, partitions.</summary>
    Health = 0,

    /// <summary>And <c>min.insync.replicas</c> of every topic, reassignments: what the stop gates compare.</summary>
    Safety = 1,

    /// <summary>And consumer groups with their lag.</summary>
    Groups = 2,

    /// <summary>And log dirs with their sizes.</summary>
    Disks = 4,

    /// <summary>And throttles.</summary>
    Throttles = 8,

    /// <summary>All of it.</summary>
    Full = Safety | Groups | Disks | Throttles,
}

/// <summary>No broker of the cluster answered. Nothing is known of it.</summary>
public sealed class ClusterUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
