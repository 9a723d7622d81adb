using System.Globalization;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>
/// A message as plain values, by the names of its specification. Numbers are <c>long</c>, <c>double</c> or
/// <c>bool</c>; the rest are <c>string</c>, <c>byte[]</c>, <c>Guid</c>, <c>List</c>, <see cref="Tree"/> and null.
/// </summary>
internal sealed class Tree : Dictionary<string, object?>
{
    public static Tree Defaults(MessageSchema schema, FieldSchema[] fields)
    {
        var tree = new Tree();
        foreach (var field in fields)
        {
            tree[field.Name] = Default(schema, field);
        }

        return tree;
    }

    public static object? Default(MessageSchema schema, FieldSchema field)
    {
        if (field.DefaultText == "null" || (field.Type == "records" && field.Nullable.To > 0))
        {
            return null;
        }

        if (field.IsArray)
        {
            return new List<object?>();
        }

        return field.Type switch
        {
            "string" => field.DefaultText ?? "",
            "bytes" or "records" => Array.Empty<byte>(),
            "uuid" => Guid.Empty,
            "bool" => field.DefaultText is not null && bool.Parse(field.DefaultText),
            "float64" => 0d,
            _ when field.IsStruct => Defaults(schema, schema.FieldsOf(field)),
            _ => Number(field.DefaultText ?? "0"),
        };
    }

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (Tree a, Tree b) => a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Same(pair.Value, other)),
        _ => Equals(left, right),
    };

    private static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.Parse(text, CultureInfo.InvariantCulture);
}
