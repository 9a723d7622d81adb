using System.Text;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox.Tests.Profiles;

/// <summary><c>docs/internals/sandbox.md</c>, as far as it can be held against the code.</summary>
public sealed class SandboxPageTests
{
    private const string Begin = "<!-- APIs: begin -->";
    private const string End = "<!-- APIs: end -->";

    /// <summary>The table is what brokers advertise; one that is out of date is shown as it should be.</summary>
    [Fact]
    public void The_page_has_the_apis_that_brokers_advertise()
    {
        var page = File.ReadAllText(PageOf());
        var written = page[(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..page.IndexOf(End, StringComparison.Ordinal)];

        // Assert.Equal would show its first line only.
        Assert.True(written.Trim() == Table().Trim(), $"between the marks of the page this belongs:\n{Table()}");
    }

    private static string Table()
    {
        var handled = TestCluster.Of("4.3.1").World.HandledApis;
        var lines = ReleaseProfile.All.Select(profile => (
            profile.Line, Apis: profile.AdvertisedBy(ListenerKind.Broker, profile, handled))).ToList();
        var table = new StringBuilder();
        table.Append($"| API | {string.Join(" | ", lines.Select(line => line.Line))} |\n");
        table.Append($"|---|{string.Concat(lines.Select(_ => "---|"))}\n");
        foreach (var api in handled.Order())
        {
            table.Append($"| {api} ({(short)api}) | {string.Join(" | ", lines.Select(line => Words(line.Apis, api)))} |\n");
        }

        return table.ToString();
    }

    private static string Words(IReadOnlyDictionary<ApiKey, VersionRange> apis, ApiKey api) =>
        apis.TryGetValue(api, out var range) ? range.Min == range.Max ? $"{range.Min}" : $"{range.Min}-{range.Max}" : "";

    private static string PageOf()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Metamorph.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no Metamorph.slnx above the tests");
        }

        return Path.Combine(folder.FullName, "docs", "internals", "sandbox.md");
    }
}
