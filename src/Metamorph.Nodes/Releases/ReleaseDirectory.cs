using System.Text.RegularExpressions;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>The folder of unpacked Kafka releases (<c>kafka_2.13-3.9.2/</c>, …) that nodes are moved to.</summary>
/// <param name="path">The folder; null when the operator named none, and then no release is found.</param>
public sealed partial class ReleaseDirectory(string? path)
{
    /// <summary>The name of the environment variable that callers pass as <c>fromEnvironment</c>.</summary>
    public const string Variable = "METAMORPH_KAFKA_DISTS";

    /// <summary>The folder as an absolute path; null when none was named.</summary>
    public string? Path { get; } = path is null ? null : System.IO.Path.GetFullPath(path);

    /// <summary>The first that is named: by <c>--releases</c>, by <c>releases:</c> of the cluster file, by the environment.</summary>
    public static ReleaseDirectory Of(string? fromOption, string? fromClusterFile, string? fromEnvironment) =>
        new(new[] { fromOption, fromClusterFile, fromEnvironment }.FirstOrDefault(named => !string.IsNullOrEmpty(named)));

    /// <summary>Every release that is there, whole or not, the newest last.</summary>
    public IReadOnlyList<InstalledRelease> List()
    {
        if (Path is null || !Directory.Exists(Path))
        {
            return [];
        }

        // Of two builds of one release the later Scala wins: Kafka's own default build always is.
        return
        [
            .. Directory.EnumerateDirectories(Path)
                .Select(folder => (Folder: folder, Match: FolderName().Match(System.IO.Path.GetFileName(folder))))
                .Where(found => found.Match.Success)
                .Select(found => (found.Folder, Scala: found.Match.Groups["scala"].Value, Release: ReleaseOf(found.Match)))
                .GroupBy(found => found.Release)
                .Select(builds => new InstalledRelease(builds.Key, builds.MaxBy(build => build.Scala, StringComparer.Ordinal).Folder))
                .OrderBy(installed => installed.Release),
        ];
    }

    /// <summary>The folder of <paramref name="release"/>; null when it is not there.</summary>
    public string? Locate(KafkaRelease release) =>
        List().FirstOrDefault(installed => installed.Release == release)?.Home;

    /// <summary>Judges whether <paramref name="release"/> is there and whole.</summary>
    /// <returns>All that is wrong, as refusals; empty when it can be started.</returns>
    public IReadOnlyList<Finding> Check(KafkaRelease release)
    {
        if (Locate(release) is { } home)
        {
            return [.. ReleaseContents.Faults(home, release).Select(fault => Incomplete(release, home, fault))];
        }

        var there = List();
        var found = Path is null ? "no releases directory is named"
            : !Directory.Exists(Path) ? $"the releases directory {Path} is not there"
            : there.Count == 0 ? $"no kafka_* folder in {Path}"
            : $"{string.Join(", ", there.Select(installed => installed.Release))} in {Path}";
        return
        [
            new Finding(
                FindingSeverity.Refusal, "release-missing", $"release {release}", found, $"a folder kafka_2.13-{release}",
                Path is null
                    ? "name the folder of unpacked releases with --releases, releases: in the cluster file, or " + Variable
                    : $"unpack kafka_2.13-{release}.tgz in {Path}"),
        ];
    }

    private static Finding Incomplete(KafkaRelease release, string home, ReleaseFault fault) =>
        new(FindingSeverity.Refusal, "release-incomplete", $"release {release}", fault.Found, fault.Expected,
            $"unpack kafka_2.13-{release}.tgz again in place of {home}");

    private static KafkaRelease ReleaseOf(Match match) => KafkaRelease.Parse(match.Groups["version"].Value);

    [GeneratedRegex(@"^kafka_(?<scala>\d+\.\d+)-(?<version>\d{1,4}\.\d{1,4}\.\d{1,4})$")]
    private static partial Regex FolderName();
}
