namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>Makes values for a version of a message: defaults, edges and noise, the same for the same seed.</summary>
internal sealed class TreeMaker(MessageSchema schema, int version, Random random, bool small = false)
{
    private static readonly string[] Texts =
        ["", "a", "orders", "über-topic", "日本語", "🦋", new('x', 126), new('y', 127), new('z', 300), new('ß', 64)];

    public Tree Make() => Make(schema.Fields);

    /// <summary>A value other than the default one, for a field of any version.</summary>
    public object Unusual(FieldSchema field)
    {
        if (field is { IsStruct: true, IsArray: false })
        {
            var tree = Tree.Defaults(schema, schema.FieldsOf(field));
            tree[schema.FieldsOf(field)[0].Name] = Unusual(schema.FieldsOf(field)[0]);
            return tree;
        }

        object? value;
        do
        {
            value = field.IsArray ? new List<object?> { One(field) } : One(field);
        }
        while (Tree.Same(value, Tree.Default(schema, field)));

        return value;
    }

    private Tree Make(FieldSchema[] fields)
    {
        var tree = new Tree();
        foreach (var field in fields)
        {
            // A version without the field means its default.
            tree[field.Name] = field.Versions.Has(version) ? Any(field) : Tree.Default(schema, field);
        }

        return tree;
    }

    private object? Any(FieldSchema field)
    {
        var fallback = Tree.Default(schema, field);
        var dice = random.Next(8);
        if (dice == 0 && (fallback is not null || field.Nullable.Has(version)))
        {
            return fallback;
        }

        if (dice == 1 && field.Nullable.Has(version))
        {
            return null;
        }

        return field.IsArray ? Many(field) : One(field);
    }

    private List<object?> Many(FieldSchema field)
    {
        var count = small || field.IsStruct ? random.Next(4) : random.Next(10) == 0 ? 130 : random.Next(6);
        return [.. Enumerable.Range(0, count).Select(_ => One(field))];
    }

    private object One(FieldSchema field) => field.Type switch
    {
        "string" => small ? Texts[random.Next(6)] : Texts[random.Next(Texts.Length)],
        "bytes" or "records" => Bytes(),
        "uuid" => random.Next(4) == 0 ? Guid.Empty : new Guid(Bytes(16)),
        "bool" => random.Next(2) == 0,
        "float64" => Pick(0d, -1.5, double.MaxValue, double.Epsilon, double.NegativeInfinity),
        "int8" => Whole(sbyte.MinValue, sbyte.MaxValue),
        "int16" => Whole(short.MinValue, short.MaxValue),
        "uint16" => Whole(ushort.MinValue, ushort.MaxValue),
        "int32" => Whole(int.MinValue, int.MaxValue),
        "uint32" => Whole(uint.MinValue, uint.MaxValue),
        "int64" => Whole(long.MinValue, long.MaxValue),
        _ => Make(schema.FieldsOf(field)),
    };

    private long Whole(long min, long max) => random.Next(5) switch
    {
        0 => min,
        1 => max,
        2 => Math.Max(min, -1),
        3 => random.Next(100),
        _ => random.NextInt64(min, max),
    };

    private byte[] Bytes() => Bytes(small ? random.Next(8) : Pick(0, 1, 126, 127, 128, 500));

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];
}
