using System.CommandLine;

namespace Metamorph.Cli;

/// <summary>Every command. A new one is added here.</summary>
internal static class CommandTree
{
    /// <summary>Makes a command that only holds others say so when it is given none.</summary>
    public static void NeedsCommand(Command command, string words) => command.SetAction(_ =>
    {
        Terminal.Warn($"metamorph: no command, expected one; try '{words} --help'");
        return ExitCode.BadInput;
    });

    public static RootCommand Build()
    {
        var root = new RootCommand("Upgrades Apache Kafka clusters while they serve traffic.")
        {
            DemoCommand.Build(),
            InspectCommand.Build(),
            CheckCommand.Build(),
            PlanCommand.Build(),
            UpgradeCommand.Build(),
            StatusCommand.Build(),
            RequestCommand.Pause(),
            RequestCommand.Resume(),
            RequestCommand.Abort(),
            RequestCommand.Approve(),
            ReportCommand.Build(),
            TrafficCommand.Build(),
            ReleasesCommand.Build(),
            LintCommand.Build(),
            SandboxCommand.Build(),
        };
        NeedsCommand(root, "metamorph");
        return root;
    }
}
