namespace Metamorph.Kafka.Protocol;

/// <summary>
/// Declares a property as a field of a message, in these <paramref name="versions"/>. Where a version lacks the field,
/// a reader finds the property's initial value.
/// </summary>
/// <param name="versions">The versions that have the field, as in <see cref="KafkaMessageAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class FieldAttribute(string versions) : Attribute
{
    /// <summary>The versions that have the field.</summary>
    public string Versions { get; } = versions;

    /// <summary>The versions that can carry <c>null</c>.</summary>
    public string Nullable { get; init; } = "none";

    /// <summary>The number under which <see cref="Tagged"/> versions carry the field.</summary>
    public int Tag { get; init; } = -1;

    /// <summary>
    /// The versions that carry the field as a tagged one: only when it differs from its initial value.
    /// </summary>
    public string Tagged { get; init; } = "none";

    /// <summary>
    /// Whether a value may be dropped where a version lacks the field. Where it may not, such a version refuses the
    /// message, because it would mean something else without the value.
    /// </summary>
    public bool Ignorable { get; init; }

    /// <summary>The versions that encode this one field the flexible way; by default those of the message.</summary>
    public string? Flexible { get; init; }

    /// <summary>The field's name in Kafka's own specification, where the property cannot have it.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether equal lists in one message share one array. For <c>int[]</c> fields that repeat thousands of times with
    /// few values, as replica lists do.
    /// </summary>
    public bool Interned { get; init; }
}
