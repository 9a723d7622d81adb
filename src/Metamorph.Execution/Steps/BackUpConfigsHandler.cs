using System.Text;
using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>Keeps every config as it was before the first change.</summary>
internal sealed class BackUpConfigsHandler(UpgradeRun run) : StepHandler<Step.BackUpConfigs>
{
    protected override Precheck Check(Step.BackUpConfigs step, StepView view) => new Precheck.Ready();

    protected override async Task<StepOutcome> RunAsync(Step.BackUpConfigs step, ClusterSnapshot seen, CancellationToken cancellationToken)
    {
        foreach (var (node, driver) in run.Drivers.OrderBy(driver => driver.Key))
        {
            var observed = await driver.ObserveAsync(cancellationToken);
            Keep($"server.properties of node {node}", $"node-{node}.server.properties", Encoding.UTF8.GetBytes(observed.Properties.Text));
        }

        Keep("dynamic configs", "dynamic-configs.json", await run.Control.ReadDynamicConfigsAsync(cancellationToken));
        return new StepOutcome.Succeeded();
    }

    private void Keep(string what, string file, ReadOnlyMemory<byte> content)
    {
        if (run.Journal.BackUp(file, content))
        {
            run.Append(new UpgradeEvent.ConfigBackedUp(what, $"backups/{file}"));
        }
    }
}
