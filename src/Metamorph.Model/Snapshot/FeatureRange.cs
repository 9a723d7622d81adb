namespace Metamorph.Model;

/// <summary>The levels of a feature (<c>metadata.version</c>, <c>group.version</c> …) that a node's binary supports.</summary>
public readonly record struct FeatureRange(short Min, short Max)
{
    public bool Contains(short level) => level >= Min && level <= Max;

    public override string ToString() => $"{Min}-{Max}";
}
