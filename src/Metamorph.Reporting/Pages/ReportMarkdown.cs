using System.Text;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>The <c>report.md</c> of a run.</summary>
public static class ReportMarkdown
{
    public static string Of(RunStory story)
    {
        var verdict = Wording.Verdict(story.State, story.Plan);
        var page = new StringBuilder()
            .Append($"# {Escaped(verdict.Happened)}\n\n{Escaped(verdict.Stands)}\n\n{Escaped(verdict.Next)}\n\n")
            .Append("| | |\n|---|---|\n");
        foreach (var (name, value) in KeyFacts.Of(story))
        {
            page.Append($"| {name} | {Escaped(value)} |\n");
        }

        Nodes(page, story);
        Features(page, story);
        Waits(page, story);
        Findings(page, story);
        List(page, "Left behind", story.State.Leftovers);
        return page.ToString();
    }

    private static void Nodes(StringBuilder page, RunStory story)
    {
        if (story.State.Nodes.IsEmpty)
        {
            return;
        }

        page.Append("\n## Nodes\n\n| node | from | to | stop | start | catch-up | wait |\n|---:|---|---|---:|---:|---:|---:|\n");
        foreach (var times in story.State.Nodes.Values)
        {
            page.Append($"| {times.Node} | {times.From?.ToString() ?? "–"} | {times.To?.ToString() ?? "–"} | {Quantity.OrDash(times.Stop)} ")
                .Append($"| {Quantity.OrDash(times.Start)} | {Quantity.OrDash(times.CatchUp)} | {Quantity.OrDash(times.Wait)} |\n");
        }
    }

    private static void Features(StringBuilder page, RunStory story)
    {
        if (story.State.Finalized.IsEmpty)
        {
            return;
        }

        page.Append("\n## Features\n\n| feature | from | to |\n|---|---:|---:|\n");
        foreach (var feature in story.State.Finalized)
        {
            page.Append($"| {Escaped(feature.Feature)} | {feature.From} | {feature.To} |\n");
        }
    }

    private static void Waits(StringBuilder page, RunStory story) => List(page, "Waits", story.Waits.Select(wait =>
        $"{Wording.Moment(wait.Wait.Since)}, {Quantity.Of(wait.Lasted)}{(wait.IsOpen ? " and not over" : "")}: "
        + $"{Wording.Gate(wait.Wait.Gate, wait.Wait.Node)} {Wording.Brief(wait.Wait.Objections, wait.Wait.Node)}"));

    private static void Findings(StringBuilder page, RunStory story) => List(page, "Findings", story.Plan.Findings.Select(finding =>
        $"{Wording.Of(finding.Severity)} `{finding.Code}`: {Wording.Of(finding)}"));

    private static void List(StringBuilder page, string title, IEnumerable<string> items)
    {
        var lines = items.Select(item => $"- {Escaped(item)}\n").ToList();
        if (lines.Count > 0)
        {
            page.Append($"\n## {title}\n\n").AppendJoin("", lines);
        }
    }

    // What comes from a cluster or a file may hold anything; it must not become a table cell, a tag or a heading.
    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
