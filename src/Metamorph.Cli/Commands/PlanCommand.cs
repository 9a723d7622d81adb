using System.CommandLine;
using System.Text.Json;
using Metamorph.Model.Json;

namespace Metamorph.Cli;

/// <summary><c>metamorph plan</c>: exactly what <c>upgrade</c> would do.</summary>
internal static class PlanCommand
{
    public static Command Build()
    {
        var cluster = CommonOptions.Cluster();
        var to = CommonOptions.To();
        var finalize = CommonOptions.Finalize();
        var accept = CommonOptions.AcceptUnavailable();
        var releases = CommonOptions.Releases();
        var format = CommonOptions.Format();
        var output = new Option<string?>("--out") { Description = "Write the plan to a file, for upgrade --plan.", HelpName = "FILE" };
        var command = new Command("plan", "The exact steps, with a forecast.") { cluster, to, finalize, accept, output, releases, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var terminal = new Terminal(parsed.GetValue(format) == "json");
            var words = new UpgradeWords(parsed.GetRequiredValue(to), parsed.GetValue(finalize)!, parsed.GetValue(accept) ?? []);
            await using var session = ClusterSession.Open(parsed.GetRequiredValue(cluster), parsed.GetValue(releases));
            var prepared = await session.Preparation.PrepareAsync(Wishes.Of(session, session.CheckFiles(), words), cancellationToken);
            if (prepared.Plan is not { } plan)
            {
                Terminal.Warn(PlanText.Of(prepared.Findings));
                return ExitCode.Of(prepared);
            }

            var json = JsonSerializer.Serialize(plan, ModelJson.Default.UpgradePlan);
            if (parsed.GetValue(output) is { } file)
            {
                await OutputFile.WriteAsync(file, json, cancellationToken);
            }

            if (terminal.IsJson)
            {
                Terminal.Emit(json);
            }
            else
            {
                terminal.Say(PlanText.Of(prepared.Findings));
                terminal.Say(PlanText.Of(plan));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
