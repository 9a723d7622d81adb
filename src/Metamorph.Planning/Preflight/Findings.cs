using Metamorph.Model;

namespace Metamorph.Planning;

/// <summary>Short forms for the three kinds of findings.</summary>
internal static class Findings
{
    public static Finding Refusal(string code, string subject, string found, string expected, string remedy) =>
        new(FindingSeverity.Refusal, code, subject, found, expected, remedy);

    public static Finding Warning(string code, string subject, string found, string expected, string remedy) =>
        new(FindingSeverity.Warning, code, subject, found, expected, remedy);

    public static Finding Note(string code, string subject, string found, string expected, string remedy = "") =>
        new(FindingSeverity.Note, code, subject, found, expected, remedy);

    /// <summary>What cannot be read is refused: nobody knows that it is safe.</summary>
    public static Finding Unread(string what, string? why) =>
        Refusal("not-known", what, $"could not be read: {why}", "an answer", "Bring back what did not answer, then try again.");
}
