namespace Metamorph.Sandbox;

/// <summary>Which names a topic may have (<c>org.apache.kafka.common.internals.Topic</c>).</summary>
internal static class TopicNames
{
    private const int Longest = 249;

    public static bool IsLegal(string name) =>
        name.Length is > 0 and <= Longest
        && name is not ("." or "..")
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
