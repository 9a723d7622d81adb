using System.Text;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>
/// Encodes a <see cref="Tree"/> by its specification alone: a second opinion that shares no code with the product.
/// </summary>
internal sealed class SchemaEncoder(MessageSchema schema, int version, bool withUnknownTags)
{
    private readonly bool _isFlexible = schema.Flexible.Has(version);

    /// <param name="withUnknownTags">
    /// Ends every struct with a tagged field that no version has, as a later Kafka may.
    /// </param>
    public static byte[] Encode(MessageSchema schema, int version, Tree tree, bool withUnknownTags = false)
    {
        var bytes = new List<byte>();
        new SchemaEncoder(schema, version, withUnknownTags).Struct(bytes, schema.Fields, tree);
        return [.. bytes];
    }

    private void Struct(List<byte> to, FieldSchema[] fields, Tree tree)
    {
        foreach (var field in fields.Where(field => field.Versions.Has(version) && !field.Tagged.Has(version)))
        {
            Value(to, field, tree[field.Name], field.Flexible?.Has(version) ?? _isFlexible);
        }

        if (!_isFlexible)
        {
            return;
        }

        var set = fields.Where(field => field.Tagged.Has(version))
            .Where(field => !Tree.Same(tree[field.Name], Tree.Default(schema, field)))
            .OrderBy(field => field.Tag)
            .ToList();
        Varint(to, (ulong)(set.Count + (withUnknownTags ? 1 : 0)));
        foreach (var field in set)
        {
            var value = new List<byte>();
            Value(value, field, tree[field.Name], isCompact: true);
            Varint(to, (ulong)field.Tag);
            Varint(to, (ulong)value.Count);
            to.AddRange(value);
        }

        if (withUnknownTags)
        {
            Varint(to, 5000);
            Varint(to, 200);
            to.AddRange(new byte[200]);
        }
    }

    private void Value(List<byte> to, FieldSchema field, object? value, bool isCompact)
    {
        if (value is null && !field.Nullable.Has(version))
        {
            throw new InvalidOperationException($"{schema.Name} v{version} has no null in {field.Name}");
        }

        if (!field.IsArray)
        {
            Single(to, field, value, isCompact);
            return;
        }

        Length(to, (value as List<object?>)?.Count, isCompact, bytes: 4);
        foreach (var item in value as List<object?> ?? [])
        {
            Element(to, field, item, isCompact);
        }
    }

    // A struct that may be null says first whether it is there; one in an array cannot be null.
    private void Single(List<byte> to, FieldSchema field, object? value, bool isCompact)
    {
        if (field.IsStruct && field.Nullable.Has(version))
        {
            to.Add(value is null ? (byte)0xFF : (byte)1);
            if (value is null)
            {
                return;
            }
        }

        Element(to, field, value, isCompact);
    }

    private void Element(List<byte> to, FieldSchema field, object? value, bool isCompact)
    {
        switch (value)
        {
            case Tree tree:
                Struct(to, schema.FieldsOf(field), tree);
                break;
            case Guid uuid:
                to.AddRange(Convert.FromHexString(uuid.ToString("N")));
                break;
            case bool truth:
                to.Add(truth ? (byte)1 : (byte)0);
                break;
            case double real:
                Number(to, BitConverter.DoubleToInt64Bits(real), 8);
                break;
            case long number:
                Number(to, number, field.Type switch { "int8" => 1, "int16" or "uint16" => 2, "int64" => 8, _ => 4 });
                break;
            default:
                Sequence(to, field.Type == "string" ? 2 : 4, value, isCompact);
                break;
        }
    }

    private static void Sequence(List<byte> to, int lengthBytes, object? value, bool isCompact)
    {
        var bytes = value is string text ? Encoding.UTF8.GetBytes(text) : (byte[]?)value;
        Length(to, bytes?.Length, isCompact, lengthBytes);
        to.AddRange(bytes ?? []);
    }

    private static void Length(List<byte> to, int? length, bool isCompact, int bytes)
    {
        if (isCompact)
        {
            Varint(to, (ulong)((length ?? -1) + 1));
        }
        else
        {
            Number(to, length ?? -1, bytes);
        }
    }

    private static void Number(List<byte> to, long value, int bytes)
    {
        for (var shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        {
            to.Add((byte)(value >> shift));
        }
    }

    private static void Varint(List<byte> to, ulong value)
    {
        for (; value > 127; value /= 128)
        {
            to.Add((byte)(128 + (value % 128)));
        }

        to.Add((byte)value);
    }
}
