using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>Finds everything that speaks against an upgrade, or that its operator should know, before anything is touched.</summary>
public static class Preflight
{
    /// <summary>The code of the finding that a node cannot be reached.</summary>
    public const string NotAnswering = NodeChecks.NotAnsweringCode;

    /// <summary>Every check, in the order in which its findings are shown. A new one is added here.</summary>
    private static readonly ImmutableArray<Func<PreflightFacts, IEnumerable<Finding>>> Checks =
    [
        ReleaseChecks.Find,
        NodeChecks.Find,
        QuorumChecks.Find,
        PartitionChecks.Find,
        ConfigChecks.Find,
        FeatureChecks.Find,
    ];

    /// <summary>All findings, the refusals first.</summary>
    public static ImmutableArray<Finding> Find(PreflightFacts facts) =>
        [.. Checks.SelectMany(check => check(facts)).OrderByDescending(finding => finding.Severity)];
}
