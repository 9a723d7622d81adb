using System.Runtime.CompilerServices;
using Metamorph.Tests;

namespace Metamorph.Reporting.Tests;

/// <summary>The whole story, as every page and line shows it. <c>METAMORPH_UPDATE_GOLDEN=1</c> writes the files anew.</summary>
public sealed class GoldenTests
{
    private static readonly RunStory Told = RunStory.Of(Story.Plan, Story.Whole, Story.Whole[^1].At);

    [Fact]
    public void The_report_in_Markdown() => Same("report.md", ReportMarkdown.Of(Told));

    [Fact]
    public void The_report_in_HTML() => Same("report.html", ReportHtml.Of(Told));

    [Fact]
    public void The_report_in_JSON() => Same("report.json", ReportDocument.Of(Told).ToJson() + "\n");

    [Fact]
    public void The_plain_lines()
    {
        var lines = new PlainLines(Story.Plan, TimeZoneInfo.Utc);
        Same("lines.txt", string.Concat(Story.Whole.Select(lines.Next).OfType<string>().Select(line => line + "\n")));
    }

    [Fact]
    public void The_traffic_document() => Same("traffic.json", new TrafficDocument
    {
        Sent = 10,
        Acked = 9,
        Consumed = 9,
        Lost = 0,
        Duplicated = 0,
        OutOfOrder = 0,
        ProduceP50Ms = 1.2,
        ProduceP99Ms = 8.5,
        LongestGapMs = 240,
        Errors = [new ErrorCountDocument("NOT_LEADER_OR_FOLLOWER", 1)],
    }.ToJson() + "\n");

    private static void Same(string name, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("METAMORPH_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
