using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>The three reports of a run directory.</summary>
internal static class ReportFiles
{
    /// <exception cref="CommandException">One cannot be written. The journal, which they are made of, is as it was.</exception>
    public static void Write(string runPath, RunStory story)
    {
        Write(Path.Combine(runPath, "report.json"), ReportDocument.Of(story).ToJson());
        Write(Path.Combine(runPath, "report.md"), ReportMarkdown.Of(story));
        Write(Path.Combine(runPath, "report.html"), ReportHtml.Of(story));
    }

    private static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadInput, $"{path} cannot be written: {e.Message}");
        }
    }
}
