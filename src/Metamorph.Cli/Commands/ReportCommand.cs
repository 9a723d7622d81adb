using System.CommandLine;
using Metamorph.Journal;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary><c>metamorph report</c>: writes a run's reports anew from its journal, and shows one.</summary>
internal static class ReportCommand
{
    public static Command Build()
    {
        var run = CommonOptions.Run();
        var runDir = CommonOptions.RunDir();
        var format = CommonOptions.Format();
        var command = new Command("report", "What a run did: report.md, report.json and report.html in its directory.") { run, runDir, format };
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.GetValue(format) == "json");
            var view = RunReader.Read(RunLookup.Find(parsed.GetValue(runDir)!, parsed.GetValue(run)));
            var story = RunStory.Of(view.Plan, view.Entries, TimeProvider.System.GetUtcNow());
            ReportFiles.Write(view.Path, story);
            if (terminal.IsJson)
            {
                Terminal.Emit(ReportDocument.Of(story).ToJson());
            }
            else
            {
                terminal.Say(ReportMarkdown.Of(story));
                terminal.Say($"{Environment.NewLine}{Path.Combine(view.Path, "report.html")}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
