using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>How the doing of a step ended.</summary>
public abstract record StepOutcome
{
    private protected StepOutcome() { }

    public sealed record Succeeded : StepOutcome;

    /// <summary>It is looked at anew: the node is not as it was when it was judged, or somebody did not answer.</summary>
    /// <param name="Why">What came between.</param>
    /// <param name="IsUnreachable">Somebody did not answer.</param>
    public sealed record Postponed(string Why, bool IsUnreachable = false) : StepOutcome;

    /// <summary>Something did not come true in the time given. The cluster is as the text says; the run can be resumed.</summary>
    public sealed record Blocked(string Why) : StepOutcome;

    /// <summary>Kafka, or what was found, forbids it.</summary>
    public sealed record Refused(string Why) : StepOutcome;
}
