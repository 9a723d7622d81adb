using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>How the doing of a step ended.</summary>
public abstract record StepOutcome
{
    private protected StepOutcome() { }

    public sealed record Succeeded : StepOutcome;

    /// <summary>Somebody did not answer, or the node is not as it was when it was judged. It is looked at anew.</summary>
    public sealed record Postponed(string Why) : StepOutcome;

    /// <summary>Something did not come true in the time given. The cluster is as the text says; the run can be resumed.</summary>
    public sealed record Blocked(string Why) : StepOutcome;

    /// <summary>Kafka, or what was found, forbids it.</summary>
    public sealed record Refused(string Why) : StepOutcome;
}
