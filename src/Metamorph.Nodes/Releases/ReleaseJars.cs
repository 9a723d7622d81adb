using System.Text.RegularExpressions;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Tells the release of Kafka from the names of its jars, the only place where the patch level stands.</summary>
internal static partial class ReleaseJars
{
    /// <summary>The release that the jars belong to.</summary>
    /// <remarks>
    /// Jars count by folder, and only a folder with the broker's own jar counts: a plugin may bring a kafka-clients of
    /// another release on the class path.
    /// </remarks>
    public static Observed<KafkaRelease> ReleaseOf(IEnumerable<string> jars, string source)
    {
        var named = jars
            .Select(jar => (Folder: Path.GetDirectoryName(jar), Match: JarName().Match(Path.GetFileName(jar))))
            .Where(jar => jar.Match.Success)
            .Select(jar => (jar.Folder, Name: jar.Match.Groups["name"].Value, Version: jar.Match.Groups["version"].Value))
            .ToArray();
        var versions = named
            .GroupBy(jar => jar.Folder)
            .Where(folder => folder.Any(jar => jar.Name != "clients"))
            .SelectMany(folder => folder)
            .Select(jar => jar.Version)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return versions switch
        {
            [] => Observed<KafkaRelease>.Unknown($"no jar of the Kafka broker among {source}"),
            [var only] => KafkaRelease.TryParse(only, out var release)
                ? Observed<KafkaRelease>.Of(release)
                : Observed<KafkaRelease>.Unknown($"{source} are of {only}, which is no release of Apache Kafka"),
            _ => Observed<KafkaRelease>.Unknown($"{source} contradict each other: {string.Join(", ", versions)}"),
        };
    }

    /// <summary>The release installed below <paramref name="home"/>, by the jars of <c>libs/</c>.</summary>
    public static Observed<KafkaRelease> InstalledIn(string home)
    {
        var libs = Path.Combine(home, "libs");
        try
        {
            return ReleaseOf(Directory.EnumerateFiles(libs, "kafka*.jar"), $"the jars of {libs}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Observed<KafkaRelease>.Unknown(
                e is DirectoryNotFoundException ? $"{libs} is not there" : $"{libs} cannot be read ({e.Message})");
        }
    }

    // Up to 2.x the archives carry documents and tests as jars too, which the start script leaves out.
    [GeneratedRegex(
        @"^kafka(?:_2\.\d+|-(?<name>clients|server))-(?<version>\d+\.\d+\.\d+.*?)"
        + @"(?<!-(?:javadoc|scaladoc|sources|src|test|test-sources))\.jar$")]
    private static partial Regex JarName();
}
