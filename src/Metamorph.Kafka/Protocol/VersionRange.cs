namespace Metamorph.Kafka.Protocol;

/// <summary>The versions of one message that somebody speaks, both ends included.</summary>
public readonly record struct VersionRange(short Min, short Max)
{
    /// <summary>Whether no version is in the range.</summary>
    public bool IsEmpty => Min > Max;

    /// <summary>Whether <paramref name="version"/> is spoken.</summary>
    public bool Contains(short version) => version >= Min && version <= Max;

    /// <summary>The versions both speak; <c>null</c> when there are none.</summary>
    public VersionRange? Intersect(VersionRange other)
    {
        var both = new VersionRange(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
        return both.IsEmpty ? null : both;
    }

    /// <inheritdoc/>
    public override string ToString() => Min == Max ? $"{Min}" : $"{Min}-{Max}";
}
