using System.CommandLine;
using System.Text.Json;
using Metamorph.Model;
using Metamorph.Model.Json;

namespace Metamorph.Cli;

/// <summary><c>metamorph check</c>: preflight alone.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var cluster = CommonOptions.Cluster();
        var to = CommonOptions.To();
        var finalize = CommonOptions.Finalize();
        var accept = CommonOptions.AcceptUnavailable();
        var releases = CommonOptions.Releases();
        var format = CommonOptions.Format();
        var command = new Command("check", "Preflight: every finding with its numbers and its remedy.") { cluster, to, finalize, accept, releases, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var terminal = new Terminal(parsed.GetValue(format) == "json");
            var words = new UpgradeWords(parsed.GetRequiredValue(to), parsed.GetValue(finalize)!, parsed.GetValue(accept) ?? []);
            await using var session = ClusterSession.Open(parsed.GetRequiredValue(cluster), parsed.GetValue(releases));
            var prepared = await session.Preparation.PrepareAsync(Wishes.Of(session, session.CheckFiles(), words), cancellationToken);
            if (terminal.IsJson)
            {
                Terminal.Emit(JsonSerializer.Serialize(prepared.Findings, ModelJson.Default.ImmutableArrayFinding));
            }
            else
            {
                terminal.Say(PlanText.Of(prepared.Findings));
            }

            return prepared.Plan is null ? ExitCode.Of(prepared) : ExitCode.Done;
        });
        return command;
    }
}
