using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>The three reports of a run directory.</summary>
internal static class ReportFiles
{
    public static void Write(string runPath, RunStory story)
    {
        File.WriteAllText(Path.Combine(runPath, "report.json"), ReportDocument.Of(story).ToJson());
        File.WriteAllText(Path.Combine(runPath, "report.md"), ReportMarkdown.Of(story));
        File.WriteAllText(Path.Combine(runPath, "report.html"), ReportHtml.Of(story));
    }
}
