using Metamorph.Model;

namespace Metamorph.Cli;

/// <summary>What an <c>upgrade</c> command was told.</summary>
internal sealed record UpgradeOrder
{
    public required UpgradeWords Words { get; init; }

    /// <summary>A plan that was made and approved before; the cluster must still be as it was then.</summary>
    public UpgradePlan? Approved { get; init; }

    public required string RunsDirectory { get; init; }

    /// <summary>Ask nothing.</summary>
    public bool IsYes { get; init; }

    public required TimeSpan Patience { get; init; }
}
