using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>The one definition of "may this node stop now?": all gates must be open on one snapshot.</summary>
public static class StopGates
{
    /// <summary>Every gate, in the order in which an operator reads the objections. A new gate is added here.</summary>
    public static ImmutableArray<IStopGate> All { get; } =
    [
        new SettledGate(),
        new NobodyElseDownGate(),
        new FollowsMetadataGate(),
        new QuorumMajorityGate(),
        new MinIsrGate(),
        new WholeReplicasGate(),
        new ReassignmentGate(),
        new GroupLagGate(),
    ];

    public static GateVerdict Judge(StopQuestion question) =>
        GateVerdict.Of(All.SelectMany(gate => gate.Judge(question)));
}
