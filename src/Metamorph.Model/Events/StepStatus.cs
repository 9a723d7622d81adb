namespace Metamorph.Model;

/// <summary>Where one step stands. A pure fold over the journal: the same events always give the same status.</summary>
/// <remarks>
/// <code>
/// Pending ──Started──▶ Running ──Succeeded──▶ Done
///    │                  │   ▲
///    │  Halted, Interrupted Started
///    │                  ▼   │
///    └──Skipped──▶ Done Halted ──Skipped──▶ Done
/// </code>
/// </remarks>
public abstract record StepStatus
{
    private protected StepStatus() { }

    public sealed record Pending : StepStatus
    {
        public static Pending Instance { get; } = new();
    }

    public sealed record Running(int Attempt, DateTimeOffset Since) : StepStatus;

    public sealed record Halted(int Attempt, string Reason) : StepStatus;

    /// <param name="Skipped">Why nothing had to be done; null when something was.</param>
    public sealed record Done(DateTimeOffset At, string? Skipped) : StepStatus;

    /// <summary>The status after <paramref name="happened"/>.</summary>
    /// <exception cref="IllegalTransitionException">The event cannot follow this status.</exception>
    public StepStatus After(UpgradeEvent happened, DateTimeOffset at) => (this, happened) switch
    {
        (Pending, UpgradeEvent.StepStarted) => new Running(Attempt: 1, at),
        (Halted halted, UpgradeEvent.StepStarted) => new Running(halted.Attempt + 1, at),
        (Running, UpgradeEvent.StepSucceeded) => new Done(at, Skipped: null),
        (Running running, UpgradeEvent.StepHalted halted) => new Halted(running.Attempt, halted.Reason),
        (Running running, UpgradeEvent.StepInterrupted) => new Halted(running.Attempt, "Metamorph was stopped in the middle of it"),
        (Pending or Halted, UpgradeEvent.StepSkipped skipped) => new Done(at, skipped.Why),
        _ => throw new IllegalTransitionException(this, happened),
    };
}

/// <summary>A journal says something that cannot have happened: it was written by another version, or changed.</summary>
public sealed class IllegalTransitionException(StepStatus status, UpgradeEvent happened)
    : Exception($"{happened.GetType().Name} cannot follow {status.GetType().Name}")
{
    public StepStatus Status { get; } = status;

    public UpgradeEvent Happened { get; } = happened;
}
