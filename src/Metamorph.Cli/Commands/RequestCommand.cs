using System.CommandLine;
using Metamorph.Execution;
using Metamorph.Journal;
using Metamorph.Model;

namespace Metamorph.Cli;

/// <summary><c>pause</c>, <c>resume</c>, <c>abort</c>, <c>approve</c>: leave a request in the run directory; the executor takes it and journals it.</summary>
internal static class RequestCommand
{
    public static Command Pause() => Build("pause", "Finish the step in hand, then wait.", OperatorRequest.Pause);

    public static Command Resume() => Build("resume", "Go on after a pause.", OperatorRequest.Resume);

    public static Command Abort() => Build("abort", "Finish the step in hand, then end the run for good.", OperatorRequest.Abort);

    public static Command Approve() => Build("approve", "Allow the finalisation. It closes the way back.", OperatorRequest.Approve);

    private static Command Build(string name, string description, OperatorRequest request)
    {
        var run = CommonOptions.Run();
        var runDir = CommonOptions.RunDir();
        var command = new Command(name, description) { run, runDir };
        command.SetAction(parsed => Post(RunLookup.Find(parsed.GetValue(runDir)!, parsed.GetValue(run)), request));
        return command;
    }

    private static int Post(string path, OperatorRequest request)
    {
        var view = RunReader.Read(path);
        var terminal = new Terminal(isJson: false);
        if (view.IsFinished)
        {
            throw new CommandException(ExitCode.BadInput, $"{view.Run} has ended; there is nothing to {request.ToString().ToLowerInvariant()}");
        }

        if (request == OperatorRequest.Abort && RunLock.Holder(path) is null)
        {
            // Nobody would take the request: the run is taken here, for as long as it takes to say so.
            using var run = RunDirectory.Open(path, TimeProvider.System);
            AbandonedRun.Abort(run, RunRequests.Me);
            terminal.Say($"{view.Run}: aborted; no Metamorph held it, and the nodes stay as they are");
            return ExitCode.Done;
        }

        RunRequests.Post(path, request, RunRequests.Me, TimeProvider.System);
        terminal.Say(RunLock.Holder(path) is { } holder
            ? $"{view.Run}: asked to {request.ToString().ToLowerInvariant()}; {holder} takes it after the step in hand"
            : $"{view.Run}: asked to {request.ToString().ToLowerInvariant()}. No Metamorph holds this run now; it is taken when the same upgrade is started again");
        return ExitCode.Done;
    }
}
