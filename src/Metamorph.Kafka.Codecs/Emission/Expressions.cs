using Metamorph.Kafka.Codecs.Model;

namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>Small pieces of C# that readers and writers of fields share.</summary>
internal static class Expressions
{
    /// <summary>The local variable that stands for a field while it is read.</summary>
    public static string Local(this FieldModel field) =>
        char.ToLowerInvariant(field.Property[0]) + field.Property.Substring(1) + "Value";

    /// <summary>
    /// Whether the field's lengths are compact, in a context where <c>flexible</c> is the message's answer.
    /// </summary>
    public static string Compact(this FieldModel field, MessageModel message) =>
        field.Flexible is { } own ? VersionTest.Of(own, message.Versions) : "flexible";

    /// <summary>A test for the property having another value than its initial one.</summary>
    public static string IsSet(this FieldModel field)
    {
        var property = field.Property;
        if (field.CanBeNull && field.DefaultsToNull)
        {
            return $"{property} is not null";
        }

        if (field.IsArray || field.Type == WireType.Bytes)
        {
            return field.CanBeNull ? $"{property} is not {{ Length: 0 }}" : $"{property} is {{ Length: > 0 }}";
        }

        return field.Type switch
        {
            WireType.Struct when field.CanBeNull => $"{property}?.IsDefault() != true",
            WireType.Struct => $"!{property}.IsDefault()",
            WireType.Bool => field.Default == "true" ? $"!{property}" : property,
            WireType.Float64 => $"!{property}.Equals({(field.Default == "default" ? "0d" : field.Default)})",
            _ => $"{property} != {field.Default}",
        };
    }

    /// <summary>The name of a primitive in the methods of reader and writer.</summary>
    public static string MethodName(this WireType type) => type.ToString();
}
