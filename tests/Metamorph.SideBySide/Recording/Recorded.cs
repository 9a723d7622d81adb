namespace Metamorph.SideBySide.Recording;

/// <summary>The histories of real brokers that are kept with the tests: <c>Recorded/RELEASE/STORY.txt</c>.</summary>
internal static class Recorded
{
    private static readonly string Folder = Repository.PathOf("tests", "Metamorph.SideBySide", "Recorded");

    /// <exception cref="FileNotFoundException">It was never recorded.</exception>
    public static IReadOnlyList<HistoryLine> Read(string story, string release) =>
        History.Parse(File.ReadAllText(PathOf(story, release)));

    public static string PathOf(string story, string release) => Path.Combine(Folder, release, $"{story}.txt");

    public static void Write(string story, string release, IReadOnlyList<HistoryLine> lines)
    {
        var path = PathOf(story, release);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"""
            # {story}, as real brokers of Kafka {release} did it: milliseconds, what, how it is from then on.
            # Recorded by ./test record; docs/internals/side-by-side.md says how it is read and compared.
            {History.ToText(lines)}
            """);
    }

    public static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*.txt", SearchOption.AllDirectories);
}
