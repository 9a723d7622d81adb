using System.CommandLine;
using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary><c>metamorph status</c>: where a run stands, from its journal.</summary>
internal static class StatusCommand
{
    public static Command Build()
    {
        var run = CommonOptions.Run();
        var runDir = CommonOptions.RunDir();
        var format = CommonOptions.Format();
        var command = new Command("status", "Where a run stands, what it waits for, and when it will be done.") { run, runDir, format };
        command.SetAction(parsed => Show(
            RunReader.Read(RunLookup.Find(parsed.GetValue(runDir)!, parsed.GetValue(run))), new Terminal(parsed.GetValue(format) == "json")));
        return command;
    }

    private static int Show(RunView view, Terminal terminal)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (terminal.IsJson)
        {
            Terminal.Emit(StatusDocument.Of(view.State, view.Plan, now).ToJson());
            return ExitCode.Done;
        }

        terminal.Say(StatusText.Of(LiveModel.Of(view.State, view.Plan, now)));
        if (view.State.Ending is null && view.State.Phase != RunPhase.Planned && RunLock.Holder(view.Path) is null)
        {
            terminal.Say("No Metamorph holds this run: the one that did is gone. Start the same upgrade again to go on.");
        }

        return ExitCode.Done;
    }
}
