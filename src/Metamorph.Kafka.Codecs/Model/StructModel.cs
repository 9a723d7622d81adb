namespace Metamorph.Kafka.Codecs.Model;

/// <summary>A type with fields: a message, or a type nested in one.</summary>
internal sealed record StructModel
{
    public required string Name { get; init; }

    public required string FullName { get; init; }

    public required bool IsValueStruct { get; init; }

    /// <summary>Whether the declaration already has a constructor without parameters.</summary>
    public required bool HasOwnConstructor { get; init; }

    public required EquatableArray<FieldModel> Fields { get; init; }

    /// <summary>
    /// Whether a field elsewhere holds one of these that cannot be null, so that "unset" means all defaults.
    /// </summary>
    public required bool NeedsIsDefault { get; init; }

    public IEnumerable<FieldModel> TaggedFields =>
        Fields.Where(candidate => !candidate.Tagged.IsEmpty).OrderBy(candidate => candidate.Tag);
}
