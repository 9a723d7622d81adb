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
        FinalizeMode.After => SoakUntil(step, view) is { } until && view.At < until
            ? Wait(new Objection.SoakNotOver(until))
            : new Precheck.AlreadyDone($"the soak of {step.Policy.Soak} is over"),
        _ => throw new InvalidOperationException($"a plan with finalisation steps cannot have the policy {step.Policy.Mode}"),
    };

    protected override Task<StepOutcome> RunAsync(Step.AwaitApproval step, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("an approval is waited for, never run");

    /// <summary>The soak counts from the last node; where this run restarted none, from its start.</summary>
    private static DateTimeOffset? SoakUntil(Step.AwaitApproval step, StepView view) =>
        (view.State.LastNodeDoneAt ?? view.State.StartedAt) + step.Policy.Soak;

    private static Precheck.MustWait Wait(Objection objection) => new(GateNames.Approval, Node: null, GateVerdict.Of([objection]));
}
