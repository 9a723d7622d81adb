using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>The bars of the report: what each node spent its time on, all on one axis.</summary>
internal static class Timeline
{
    // Long stretches in which no node was touched (a night, an approval) would press the bars to nothing: they are cut out.
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(2);

    private static readonly ImmutableArray<SpanKind> Kinds = [SpanKind.Wait, SpanKind.Stop, SpanKind.Start, SpanKind.CatchUp];

    public static void Append(StringBuilder page, RunStory story)
    {
        if (story.State.Nodes.IsEmpty)
        {
            return;
        }

        page.Append("<section aria-labelledby=\"nodes\">\n<h2 id=\"nodes\">Nodes</h2>\n");
        if (!story.Spans.IsEmpty)
        {
            Bars(page, story);
        }

        Table(page, story);
        page.Append("</section>\n");
    }

    internal static string NameOf(SpanKind kind) => kind switch
    {
        SpanKind.Wait => "wait",
        SpanKind.Stop => "stop",
        SpanKind.Start => "start",
        SpanKind.CatchUp => "catch-up",
        _ => throw new InvalidOperationException($"no name for {kind}"),
    };

    private static void Bars(StringBuilder page, RunStory story)
    {
        var axis = Axis.Of(story.Spans, LongestGap);
        page.Append("<ul class=\"legend\" aria-hidden=\"true\">");
        foreach (var kind in Kinds)
        {
            page.Append($"<li><i class=\"{NameOf(kind)}\"></i>{NameOf(kind)}</li>");
        }

        page.Append(axis.Gaps.IsEmpty ? "" : "<li><u></u>time without Metamorph or a restart, left out</li>");
        page.Append("</ul>\n<div class=\"timeline\" role=\"img\" aria-label=\"What each node spent its time on; the table below has the numbers\">\n");
        foreach (var node in story.Spans.GroupBy(span => span.Node).OrderBy(group => group.Min(span => span.From)))
        {
            page.Append($"<div class=\"lane\"><span class=\"name\">node {node.Key}</span><span class=\"bar\">");
            foreach (var cut in axis.Cuts)
            {
                page.Append($"<u style=\"left:{Percent(cut)}\"></u>");
            }

            foreach (var span in node)
            {
                var left = axis.At(span.From);
                page.Append($"<i class=\"{NameOf(span.Kind)}\" style=\"left:{Percent(left)};width:{Percent(axis.At(span.To) - left)}\" ")
                    .Append($"title=\"{NameOf(span.Kind)} {Quantity.Of(span.To - span.From)}, {ReportHtml.Clock(span.From)} to {ReportHtml.Clock(span.To)}\"></i>");
            }

            page.Append("</span></div>\n");
        }

        page.Append($"<div class=\"lane axis\"><span class=\"name\"></span><span class=\"bar\"><b>{ReportHtml.Clock(axis.From)}</b>")
            .Append($"<b>{ReportHtml.Clock(axis.To)}</b></span></div>\n</div>\n");
    }

    private static void Table(StringBuilder page, RunStory story)
    {
        page.Append("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Node</th><th scope=\"col\">From</th><th scope=\"col\">To</th>");
        foreach (var title in (string[])["Stop", "Start", "Catch-up", "Wait", "Total"])
        {
            page.Append($"<th scope=\"col\" class=\"number\">{title}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var times in story.State.Nodes.Values)
        {
            page.Append($"<tr><th scope=\"row\">{times.Node}</th><td>{times.From?.ToString() ?? "–"}</td><td>{times.To?.ToString() ?? "–"}</td>");
            foreach (var time in (TimeSpan[])[times.Stop, times.Start, times.CatchUp, times.Wait, KeyFacts.Total(times)])
            {
                page.Append($"<td class=\"number\">{Quantity.OrDash(time)}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>Time as a share of the width, long idle stretches left out.</summary>
    private sealed record Axis(DateTimeOffset From, DateTimeOffset To, ImmutableArray<(DateTimeOffset At, TimeSpan Cut)> Gaps)
    {
        public IEnumerable<double> Cuts => Gaps.Select(gap => At(gap.At));

        private TimeSpan Width => TimeSpan.FromTicks(
            Math.Max(1, (To - From - Gaps.Aggregate(TimeSpan.Zero, (sum, gap) => sum + gap.Cut)).Ticks));

        public static Axis Of(ImmutableArray<NodeSpan> spans, TimeSpan longestGap)
        {
            var gaps = ImmutableArray.CreateBuilder<(DateTimeOffset, TimeSpan)>();
            var ordered = spans.OrderBy(span => span.From).ToList();
            var end = ordered[0].To;
            foreach (var span in ordered)
            {
                if (span.From - end > longestGap)
                {
                    gaps.Add((end, span.From - end));
                }

                end = span.To > end ? span.To : end;
            }

            return new Axis(ordered[0].From, end, gaps.DrainToImmutable());
        }

        public double At(DateTimeOffset moment)
        {
            var cut = Gaps.Where(gap => gap.At < moment).Aggregate(TimeSpan.Zero, (sum, gap) => sum + gap.Cut);
            return Math.Clamp((moment - From - cut) / Width, 0, 1);
        }
    }
}
