using System.Text.Json;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.Profiles;

/// <summary>Kafka's own statement of the versions of each line, gathered from its message specifications.</summary>
internal static class KafkaVersionTable
{
    /// <summary>
    /// The ranges that a line serves on a listener (<c>broker</c>, <c>controller</c>), unstable versions taken off.
    /// </summary>
    /// <remarks>Skips the running test where the table is not on this machine.</remarks>
    public static SortedDictionary<ApiKey, VersionRange> Of(ReleaseLine line, string listener)
    {
        var served = new SortedDictionary<ApiKey, VersionRange>();
        using var table = JsonDocument.Parse(File.ReadAllBytes(Require()));
        foreach (var api in table.RootElement.GetProperty("apis").EnumerateArray())
        {
            if (api.GetProperty("byRelease").TryGetProperty($"{line}", out var entry) && RangeIn(entry, listener) is { } range)
            {
                served.Add((ApiKey)api.GetProperty("apiKey").GetInt16(), range);
            }
        }

        return served;
    }

    private static VersionRange? RangeIn(JsonElement entry, string listener)
    {
        var versions = entry.GetProperty("versions").GetString()!;
        if (versions == "none" || entry.GetProperty("listeners").EnumerateArray().All(name => name.GetString() != listener))
        {
            return null;
        }

        var ends = versions.Split('-').Select(short.Parse).ToArray();
        var unstable = entry.TryGetProperty("latestVersionUnstable", out var flag) && flag.GetBoolean();
        var range = new VersionRange(ends[0], (short)(ends[^1] - (unstable ? 1 : 0)));
        return range.IsEmpty ? null : range;
    }

    private static string Require()
    {
        var schemas = Environment.GetEnvironmentVariable("METAMORPH_SCHEMAS") ?? FindAbove();
        var file = schemas is null ? null : Path.Combine(schemas, "..", "api-versions-by-release.json");
        Assert.SkipWhen(
            !File.Exists(file),
            "Kafka's version table is not here: set METAMORPH_SCHEMAS to the directory of its message specifications.");
        return file!;
    }

    private static string? FindAbove()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var candidate = Path.Combine(here.FullName, "shared", "reference", "protocol-schemas");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
