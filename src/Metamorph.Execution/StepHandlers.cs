using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Which handler does which kind of step. A new kind is added here, and in <see cref="Step"/>.</summary>
internal sealed class StepHandlers(UpgradeRun run)
{
    private readonly BackUpConfigsHandler backUpConfigs = new(run);
    private readonly RestartNodeHandler restartNode = new(run);
    private readonly AwaitApprovalHandler awaitApproval = new();
    private readonly UnregisterGhostHandler unregisterGhost = new(run);
    private readonly FinalizeFeatureHandler finalizeFeature = new(run);
    private readonly VerifyEndHandler verifyEnd = new(run);

    public IStepHandler Of(Step step) => step switch
    {
        Step.BackUpConfigs => backUpConfigs,
        Step.RestartNode => restartNode,
        Step.AwaitApproval => awaitApproval,
        Step.UnregisterGhost => unregisterGhost,
        Step.FinalizeFeature => finalizeFeature,
        Step.VerifyEnd => verifyEnd,
        _ => throw new InvalidOperationException($"no handler for {step.GetType().Name}"),
    };
}
