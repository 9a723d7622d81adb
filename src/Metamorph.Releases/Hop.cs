using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>One leg of the way to a release line.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="From">The line that runs before.</param>
/// <param name="To">The line that runs after; the same for a migration.</param>
/// <param name="Why">Why there is a stop here, or why none is needed.</param>
/// <param name="NoReturn">The act after which this leg cannot be undone, and what it costs.</param>
public sealed record Hop(HopKind Kind, ReleaseLine From, ReleaseLine To, string Why, string NoReturn);

/// <summary>What is done on a leg.</summary>
public enum HopKind
{
    /// <summary>Every node restarts on the next line; then the protocol is raised.</summary>
    Roll,

    /// <summary>The metadata moves from ZooKeeper to KRaft, on 3.9.</summary>
    MigrateToKRaft,
}
