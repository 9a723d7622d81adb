namespace Metamorph.SideBySide.Recording;

/// <summary>The histories of real brokers that are kept with the tests: <c>Recorded/RELEASE/STORY.txt</c>.</summary>
internal static class Recorded
{
    private static readonly Lazy<string> Folder = new(FindFolder);

    /// <exception cref="FileNotFoundException">It was never recorded.</exception>
    public static IReadOnlyList<HistoryLine> Read(string story, string release) =>
        History.Parse(File.ReadAllText(PathOf(story, release)));

    public static string PathOf(string story, string release) => Path.Combine(Folder.Value, release, $"{story}.txt");

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
        Directory.EnumerateFiles(Folder.Value, "*.txt", SearchOption.AllDirectories);

    private static string FindFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Metamorph.slnx")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("no Metamorph.slnx above the tests");
        }

        return Path.Combine(root.FullName, "tests", "Metamorph.SideBySide", "Recorded");
    }
}
