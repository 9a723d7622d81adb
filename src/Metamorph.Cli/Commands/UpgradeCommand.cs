using System.CommandLine;
using System.Text.Json;
using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Model.Json;

namespace Metamorph.Cli;

/// <summary><c>metamorph upgrade</c>: check, plan, confirm, run. The same command again goes on with an unfinished run.</summary>
internal static class UpgradeCommand
{
    public static Command Build()
    {
        var cluster = CommonOptions.Cluster();
        var to = new Option<string?>("--to") { Description = "The release to reach, for instance 4.3.1.", HelpName = "RELEASE" };
        var plan = new Option<string?>("--plan") { Description = "A plan that was approved before, in place of --to.", HelpName = "FILE" };
        var finalize = CommonOptions.Finalize();
        var accept = CommonOptions.AcceptUnavailable();
        var releases = CommonOptions.Releases();
        var runDir = CommonOptions.RunDir();
        var yes = new Option<bool>("--yes", "-y") { Description = "Ask nothing." };
        var patience = new Option<string>("--patience") { Description = "How long a gate may stay closed without any change.", DefaultValueFactory = _ => "30m", HelpName = "TIME" };
        var format = CommonOptions.Format();
        var command = new Command("upgrade", "Check, plan, confirm and run, live.") { cluster, to, plan, finalize, accept, releases, runDir, yes, patience, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var approved = parsed.GetValue(plan) is { } file ? ReadPlan(file) : null;
            if (approved is not null)
            {
                Option[] inPlan = [to, finalize, accept];
                RequireInPlanOnly(inPlan.Where(option => parsed.GetResult(option) is { Implicit: false }));
            }

            var target = parsed.GetValue(to) ?? approved?.To.ToString()
                ?? throw new CommandException(ExitCode.BadInput, "upgrade: --to RELEASE or --plan FILE is missing");
            var order = new UpgradeOrder
            {
                Words = approved is null
                    ? new UpgradeWords(target, parsed.GetValue(finalize)!, parsed.GetValue(accept) ?? [])
                    : UpgradeWords.Of(approved),
                Approved = approved,
                RunsDirectory = parsed.GetValue(runDir)!,
                IsYes = parsed.GetValue(yes),
                Patience = Wishes.DurationOf(parsed.GetValue(patience)!)
                    ?? throw new CommandException(ExitCode.BadInput, $"--patience: '{parsed.GetValue(patience)}', expected a time like 30m"),
            };
            await using var session = ClusterSession.Open(parsed.GetRequiredValue(cluster), parsed.GetValue(releases));
            return await new UpgradeSession(session, new Terminal(parsed.GetValue(format) == "json")).RunAsync(order, cancellationToken);
        });
        return command;
    }

    /// <summary>What was approved is in the plan; a word beside it would be passed over, or change what was approved.</summary>
    private static void RequireInPlanOnly(IEnumerable<Option> given)
    {
        if (given.FirstOrDefault() is { } beside)
        {
            throw new CommandException(ExitCode.BadInput, $"{beside.Name}: given beside --plan, expected in the plan only");
        }
    }

    private static UpgradePlan ReadPlan(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ModelJson.Default.UpgradePlan)
                ?? throw new CommandException(ExitCode.BadInput, $"{file}: null, expected a plan as plan --out writes it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException or FormatException)
        {
            throw new CommandException(ExitCode.BadInput, $"{file}: {e.Message}, expected a plan as plan --out writes it");
        }
    }
}
