namespace Metamorph.Journal;

/// <summary>A file of a run is not what was written. Nothing of the run can be trusted, and nothing of it was used.</summary>
/// <param name="file">The damaged file.</param>
/// <param name="line">The line, from 1; null where the file is one document.</param>
/// <param name="found">What is there.</param>
/// <param name="expected">What should be there.</param>
/// <param name="cause">What the reader met, if that says more.</param>
public sealed class JournalDamagedException(string file, int? line, string found, string expected, Exception? cause = null)
    : Exception(TextOf(file, line, found, expected), cause)
{
    public string File { get; } = file;

    public int? Line { get; } = line;

    public string Found { get; } = found;

    public string Expected { get; } = expected;

    private static string TextOf(string file, int? line, string found, string expected) =>
        $"{file}{(line is null ? "" : $", line {line}")} is damaged: {found}; expected {expected}. "
        + "Nothing was touched. Restore the file from a copy, or move the run directory away and plan anew: "
        + "a new plan starts from what the cluster is now.";
}
