namespace Metamorph.SideBySide.Stages;

/// <summary>The cluster that a story wants. Brokers have ids from 1; its one controller is a node of its own.</summary>
/// <remarks>One controller, so that no story depends on which of several wins an election.</remarks>
public sealed record StageOptions
{
    /// <summary>The id of the controller.</summary>
    public const int Controller = 101;

    /// <summary>The release all nodes start on; the cluster is formatted with it.</summary>
    public required string Release { get; init; }

    public int Brokers { get; init; } = 3;

    /// <summary>Brokers that are set up and not started with the others.</summary>
    public IReadOnlySet<int> StartLater { get; init; } = new HashSet<int>();
}
