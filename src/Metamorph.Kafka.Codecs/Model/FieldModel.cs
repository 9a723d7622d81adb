namespace Metamorph.Kafka.Codecs.Model;

/// <summary>One field as its property declares it.</summary>
internal sealed record FieldModel
{
    /// <summary>The property's name.</summary>
    public required string Property { get; init; }

    /// <summary>The property's type, fully qualified, with its nullability.</summary>
    public required string PropertyType { get; init; }

    public required WireType Type { get; init; }

    public required bool IsArray { get; init; }

    /// <summary>Whether the property's type has a question mark.</summary>
    public required bool CanBeNull { get; init; }

    /// <summary>The nested type, fully qualified; <c>null</c> unless <see cref="Type"/> is a struct.</summary>
    public string? StructType { get; init; }

    /// <summary>Whether the nested type is a C# struct.</summary>
    public bool IsValueStruct { get; init; }

    /// <summary>The enum that the number is read as, fully qualified; <c>null</c> for a bare number.</summary>
    public string? EnumType { get; init; }

    public required VersionSpan Versions { get; init; }

    public required VersionSpan Nullable { get; init; }

    public required VersionSpan Tagged { get; init; }

    public required int Tag { get; init; }

    public required bool Ignorable { get; init; }

    public required bool Interned { get; init; }

    /// <summary>Set when the field is flexible in other versions than its message.</summary>
    public VersionSpan? Flexible { get; init; }

    /// <summary>The property's initial value as C#.</summary>
    public required string Default { get; init; }

    public bool DefaultsToNull => Default == "null";

    /// <summary>The versions that carry the field in its place among the others.</summary>
    public VersionSpan InPlace => Versions.Before(Tagged);
}
