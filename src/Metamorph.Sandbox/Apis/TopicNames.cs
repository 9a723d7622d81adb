namespace Metamorph.Sandbox;

/// <summary>Which names a topic may have (<c>org.apache.kafka.common.internals.Topic</c>).</summary>
internal static class TopicNames
{
    private const int Longest = 249;

    public static bool IsLegal(string name) => WhyIllegal(name) is null;

    /// <summary>What is wrong with a name, in Kafka's words; null: nothing.</summary>
    public static string? WhyIllegal(string name) => name switch
    {
        "" => "Topic name is invalid: the empty string is not allowed",
        "." => "Topic name is invalid: '.' is not allowed",
        ".." => "Topic name is invalid: '..' is not allowed",
        { Length: > Longest } =>
            $"Topic name is invalid: the length of '{name}' is longer than the max allowed length {Longest}",
        _ when !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') =>
            $"Topic name is invalid: '{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
        _ => null,
    };

    /// <summary>Whether two topics would have the same metric: there a dot is an underscore.</summary>
    public static bool Collide(string name, string other) =>
        name != other && string.Equals(name.Replace('.', '_'), other.Replace('.', '_'), StringComparison.Ordinal);
}
