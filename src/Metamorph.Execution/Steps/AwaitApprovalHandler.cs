using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Holds the finalisation back until somebody, or the soak, allows it. Nothing is done here.</summary>
internal sealed class AwaitApprovalHandler : StepHandler<Step.AwaitApproval>
{
    protected override Precheck Check(Step.AwaitApproval step, StepView view) => step.Policy.Mode switch
    {
        _ when view.State.IsApproved => new Precheck.AlreadyDone("the operator approved"),
        FinalizeMode.Now => new Precheck.AlreadyDone("approved when the run was started"),
        FinalizeMode.Ask => Wait(new Objection.ApprovalMissing()),
        FinalizeMode.After => view.At < SoakUntil(step, view)
            ? Wait(new Objection.SoakNotOver(SoakUntil(step, view)))
            : new Precheck.AlreadyDone($"the soak of {step.Policy.Soak} is over"),
        _ => throw new InvalidOperationException($"a plan with finalisation steps cannot have the policy {step.Policy.Mode}"),
    };

    protected override Task<StepOutcome> RunAsync(Step.AwaitApproval step, ClusterSnapshot seen, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("an approval is waited for, never run");

    /// <summary>The soak counts from the last node; where this run restarted none, from its start.</summary>
    /// <remarks>
    /// A node whose restart an executor did not live to see done is known by its process alone, and so is one that was
    /// restarted behind our back: a soak is over when every process has run that long.
    /// </remarks>
    private static DateTimeOffset SoakUntil(Step.AwaitApproval step, StepView view)
    {
        var done = view.State.LastNodeDoneAt ?? view.State.StartedAt ?? view.At;
        var started = view.Now.Nodes.Values.Select(node => node.Process.Or(null)?.StartedAt ?? done).DefaultIfEmpty(done).Max();
        return (started > done ? started : done) + step.Policy.Soak;
    }

    private static Precheck.MustWait Wait(Objection objection) => new(GateNames.Approval, Node: null, GateVerdict.Of([objection]));
}
