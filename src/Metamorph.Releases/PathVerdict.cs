using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>Whether one upgrade may go straight from what runs to the target: every finding, not only the first.</summary>
public sealed record PathVerdict(ImmutableArray<Finding> Findings)
{
    public bool IsRefused => Findings.Any(finding => finding.Severity == FindingSeverity.Refusal);
}
