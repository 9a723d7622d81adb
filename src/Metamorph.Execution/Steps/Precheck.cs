using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>What a step is told by a fresh snapshot. Pure; a first run, a resumed and a repeated one ask the same question.</summary>
public abstract record Precheck
{
    private protected Precheck() { }

    /// <summary>The cluster is as the step would make it.</summary>
    public sealed record AlreadyDone(string Why) : Precheck;

    /// <summary>It can be done now.</summary>
    public sealed record Ready : Precheck;

    /// <summary>A gate is closed; it may open by itself.</summary>
    public sealed record MustWait(string Gate, NodeId? Node, GateVerdict Verdict) : Precheck;

    /// <summary>It can't be done, and waiting does not help.</summary>
    public sealed record Refused(string Why) : Precheck;
}
