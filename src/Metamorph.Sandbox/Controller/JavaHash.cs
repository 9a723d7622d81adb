namespace Metamorph.Sandbox;

/// <summary>The order in which Java walks over what it has hashed, where an answer depends on it.</summary>
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

    /// <summary>
    /// Orders ids as the controller's own maps do (<c>BaseHashTable.findSlot</c>, Knuth's multiplicative hashing), whatever
    /// their size: of brokers 1, 2 and 3 the second comes first.
    /// </summary>
    public static uint Slot(int id) => unchecked((uint)id * 0x9E37_79B9u);

    /// <summary>The bucket of a map that has not grown: up to twelve entries.</summary>
    public static int Bucket(string text)
    {
        var hash = Of(text);
        return (hash ^ (int)((uint)hash >> 16)) & (Buckets - 1);
    }
}
