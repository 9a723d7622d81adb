namespace Metamorph.SideBySide.Recording;

/// <summary>
/// What the sandbox may do otherwise: the table of <c>docs/internals/side-by-side.md</c>, which is the only list.
/// </summary>
internal static class AcceptedDifferences
{
    private const string Heading = "## Differences";

    /// <summary>The differences of one story, in the words of <see cref="Comparison"/>.</summary>
    /// <remarks>A story or release <c>all</c> stands for every one.</remarks>
    public static IReadOnlySet<string> Of(string story, string release) =>
        Rows().Where(row => IsFor(row.Story, story) && IsFor(row.Release, release))
            .Select(row => row.Difference).ToHashSet();

    /// <summary>All rows.</summary>
    /// <exception cref="FormatException">A row has not four columns, or one of them is empty.</exception>
    public static IEnumerable<(string Story, string Release, string Difference, string Reason)> Rows() =>
        File.ReadAllLines(Repository.PathOf("docs", "internals", "side-by-side.md"))
            .SkipWhile(line => line != Heading)
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(RowOf);

    private static (string, string, string, string) RowOf(string line) =>
        line.Trim('|').Split('|', StringSplitOptions.TrimEntries)
            is [var story, var release, var difference, var reason]
        && new[] { story, release, difference, reason }.All(column => column.Length > 0)
            ? (story, release, difference.Trim('`'), reason)
            : throw new FormatException($"not story, release, difference and reason: {line}");

    private static bool IsFor(string listed, string asked) => listed == asked || listed == "all";
}
