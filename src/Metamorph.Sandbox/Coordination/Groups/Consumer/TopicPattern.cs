using System.Text.RegularExpressions;

namespace Metamorph.Sandbox;

/// <summary>
/// The regular expressions that members subscribe with (RE2 in Kafka: linear, and it has to match all of a name).
/// </summary>
internal static class TopicPattern
{
    public static bool IsValid(string? regex)
    {
        try
        {
            return Of(regex) is not null || string.IsNullOrEmpty(regex);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Null: there is none.</summary>
    public static Regex? Of(string? regex) => string.IsNullOrEmpty(regex)
        ? null
        : new Regex($@"\A(?:{regex})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
