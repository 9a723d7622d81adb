using System.Globalization;
using System.Net;
using System.Text;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>The <c>report.html</c> of a run: one file that needs nothing else, no script and no network.</summary>
public static class ReportHtml
{
    public static string Of(RunStory story)
    {
        var verdict = Wording.Verdict(story.State, story.Plan);
        var page = new StringBuilder();
        page.Append($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Text(story.Plan.Cluster)} {story.Plan.From} → {story.Plan.To} · Metamorph</title>
            <style>
            {ReportStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <header class="verdict {Tone(story.State.Phase)}">
            <p class="kicker">Metamorph report · <span class="state">{Text(Wording.Of(story.State.Phase))}</span></p>
            <h1>{Text(story.Plan.Cluster)} <span class="releases">{story.Plan.From} <span aria-label="to">→</span> {story.Plan.To}</span></h1>
            <p class="happened">The upgrade {Text(Wording.Outcome(story.State))}.</p>
            <p>{Text(verdict.Stands)}</p>
            <p class="next">{Code(verdict.Next)}</p>
            </header>

            """);
        Facts(page, story);
        Timeline.Append(page, story);
        Features(page, story);
        Waits(page, story);
        Findings(page, story);
        Leftovers(page, story);
        Events(page, story);
        page.Append($"<footer>Run {Text(story.State.Run)} · told {Wording.Moment(story.Now)} · all times UTC</footer>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    internal static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Facts(StringBuilder page, RunStory story)
    {
        page.Append("<dl class=\"facts\">\n");
        foreach (var (name, value) in KeyFacts.Of(story).Where(fact => fact.Name != "Run"))
        {
            page.Append($"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>\n");
        }

        page.Append("</dl>\n");
    }

    private static void Features(StringBuilder page, RunStory story)
    {
        if (story.State.Finalized.IsEmpty)
        {
            return;
        }

        page.Append("<section aria-labelledby=\"features\">\n<h2 id=\"features\">Features</h2>\n<div class=\"wide\"><table>\n")
            .Append("<thead><tr><th scope=\"col\">Feature</th><th scope=\"col\" class=\"number\">From</th><th scope=\"col\" class=\"number\">To</th></tr></thead>\n<tbody>\n");
        foreach (var feature in story.State.Finalized)
        {
            page.Append($"<tr><th scope=\"row\">{Text(feature.Feature)}</th><td class=\"number\">{feature.From}</td><td class=\"number\">{feature.To}</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n</section>\n");
    }

    private static void Waits(StringBuilder page, RunStory story)
    {
        if (story.Waits.IsEmpty)
        {
            return;
        }

        page.Append("<section aria-labelledby=\"waits\">\n<h2 id=\"waits\">What it waited for</h2>\n<ol class=\"waits\">\n");
        foreach (var wait in story.Waits)
        {
            page.Append($"<li><p class=\"question\"><span>{Text(Wording.Gate(wait.Wait.Gate, wait.Wait.Node))}</span>")
                .Append($"<span class=\"when\">{Clock(wait.Wait.Since)} · {Quantity.Of(wait.Lasted)}{(wait.IsOpen ? ", not over" : "")}</span></p>\n<ul>\n");
            foreach (var reason in Wording.Of(wait.Wait.Objections, wait.Wait.Node))
            {
                page.Append($"<li>{Code(reason.Text)}</li>\n");
            }

            page.Append("</ul></li>\n");
        }

        page.Append("</ol>\n</section>\n");
    }

    private static void Findings(StringBuilder page, RunStory story)
    {
        if (story.Plan.Findings.IsEmpty)
        {
            return;
        }

        page.Append("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings before the start</h2>\n<ul class=\"findings\">\n");
        foreach (var finding in story.Plan.Findings)
        {
            var severity = Wording.Of(finding.Severity);
            page.Append($"<li><p><span class=\"tag {severity}\">{severity}</span> <strong>{Text(finding.Subject)}</strong> <code>{Text(finding.Code)}</code></p>")
                .Append($"<p>{Text(finding.Found)}{(finding.Expected.Length == 0 ? "" : $"; expected {Text(finding.Expected)}")}.</p>")
                .Append(finding.Remedy.Length == 0 ? "" : $"<p class=\"next\">{Code(finding.Remedy)}</p>")
                .Append("</li>\n");
        }

        page.Append("</ul>\n</section>\n");
    }

    private static void Leftovers(StringBuilder page, RunStory story)
    {
        if (story.State.Leftovers.IsEmpty)
        {
            return;
        }

        page.Append("<section aria-labelledby=\"leftovers\">\n<h2 id=\"leftovers\">Left behind</h2>\n<ul>\n");
        foreach (var leftover in story.State.Leftovers)
        {
            page.Append($"<li>{Text(leftover)}</li>\n");
        }

        page.Append("</ul>\n</section>\n");
    }

    private static void Events(StringBuilder page, RunStory story)
    {
        page.Append($"<details>\n<summary>All {Quantity.Of(story.Entries.Length, "event")}</summary>\n<div class=\"wide\"><table class=\"events\">\n")
            .Append("<thead><tr><th scope=\"col\" class=\"number\">No.</th><th scope=\"col\">Time</th><th scope=\"col\">What</th><th scope=\"col\">Event</th></tr></thead>\n<tbody>\n");
        foreach (var entry in story.Entries)
        {
            var words = Wording.Of(entry.Event, story.Plan);
            page.Append($"<tr><td class=\"number\">{entry.Sequence}</td><td><time datetime=\"{entry.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\">{Clock(entry.At)}</time></td>")
                .Append($"<td>{Text(words.Subject)}</td><td>{Text(words.Text)}</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n</details>\n");
    }

    // Commands stand between backticks in the wording.
    private static string Code(string text)
    {
        var parts = text.Split('`');
        return string.Concat(parts.Select((part, index) =>
            index % 2 == 1 && index < parts.Length - 1 ? $"<code>{Text(part)}</code>" : Text(part)));
    }

    private static string Tone(RunPhase phase) => phase switch
    {
        RunPhase.Done => "good",
        RunPhase.Failed or RunPhase.Blocked => "bad",
        RunPhase.Paused or RunPhase.Aborted or RunPhase.AwaitingApproval => "still",
        RunPhase.Planned or RunPhase.Running or RunPhase.Waiting => "busy",
        _ => throw new InvalidOperationException($"no tone for {phase}"),
    };
}
