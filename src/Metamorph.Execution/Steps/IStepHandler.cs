using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Judges and does one kind of step.</summary>
internal interface IStepHandler
{
    /// <summary>Decides from a fresh snapshot and the journal alone.</summary>
    Precheck Check(Step step, StepView view);

    /// <summary>Does it. Idempotent: after a crash at any point it is called again and converges on the same end.</summary>
    /// <param name="step">The step.</param>
    /// <param name="seen">The snapshot that <see cref="Check"/> called ready: what has changed since was not judged.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The waiting was cancelled; what was asked of nodes goes on.</exception>
    Task<StepOutcome> RunAsync(Step step, ClusterSnapshot seen, CancellationToken cancellationToken);
}

/// <summary>What a check may look at.</summary>
/// <param name="Now">A fresh snapshot.</param>
/// <param name="Before">The one before it, if the run has one.</param>
internal sealed record StepView(ClusterSnapshot Now, ClusterSnapshot? Before, RunState State, DateTimeOffset At);

/// <summary>The common shape of handlers: each is for one case of <see cref="Step"/>.</summary>
internal abstract class StepHandler<TStep> : IStepHandler
    where TStep : Step
{
    public Precheck Check(Step step, StepView view) => Check((TStep)step, view);

    public Task<StepOutcome> RunAsync(Step step, ClusterSnapshot seen, CancellationToken cancellationToken) =>
        RunAsync((TStep)step, seen, cancellationToken);

    protected abstract Precheck Check(TStep step, StepView view);

    protected abstract Task<StepOutcome> RunAsync(TStep step, ClusterSnapshot seen, CancellationToken cancellationToken);
}
