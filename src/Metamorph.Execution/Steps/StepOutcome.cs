using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>How the doing of a step ended.</summary>
public abstract record StepOutcome
{
    private protected StepOutcome() { }

    public sealed record Succeeded : StepOutcome;

    /// <summary>Something did not come true in the time given. The cluster is as the text says; the run can be resumed.</summary>
    public sealed record Blocked(string Why) : StepOutcome;

    /// <summary>Kafka, or what was found, forbids it.</summary>
    public sealed record Refused(string Why) : StepOutcome;
}
