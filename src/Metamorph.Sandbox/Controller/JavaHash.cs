namespace Metamorph.Sandbox;

/// <summary>The order in which Java's <c>HashMap</c> walks over strings, where an answer depends on it.</summary>
internal static class JavaHash
{
    private const int Buckets = 16;

    /// <summary><c>String.hashCode</c>.</summary>
    public static int Of(string text)
    {
        var hash = 0;
        foreach (var letter in text)
        {
            hash = unchecked((31 * hash) + letter);
        }

        return hash;
    }

    /// <summary>The bucket of a map that has not grown: up to twelve entries.</summary>
    public static int Bucket(string text)
    {
        var hash = Of(text);
        return (hash ^ (int)((uint)hash >> 16)) & (Buckets - 1);
    }
}
