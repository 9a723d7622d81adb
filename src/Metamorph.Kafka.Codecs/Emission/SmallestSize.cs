using Metamorph.Kafka.Codecs.Model;

namespace Metamorph.Kafka.Codecs.Emission;

/// <summary>
/// The fewest bytes a struct can take, by which a reader judges whether an array's length is believable.
/// </summary>
internal sealed class SmallestSize(MessageModel message)
{
    public int Of(string structType)
    {
        var type = message.Nested.First(candidate => candidate.FullName == structType);
        var smallest = Enumerable.Range(message.Versions.Min, message.Versions.Max - message.Versions.Min + 1)
            .Min(version => Of(type, version));

        // A struct without fields in some version still counts, so that a count stays bounded by the bytes.
        return Math.Max(1, smallest);
    }

    private int Of(StructModel type, int version)
    {
        var isFlexible = message.Flexible.Contains(version);
        return type.Fields.Where(field => field.InPlace.Contains(version)).Sum(field => Of(field, version))
            + (isFlexible ? 1 : 0);
    }

    private int Of(FieldModel field, int version)
    {
        var isCompact = (field.Flexible ?? message.Flexible).Contains(version);
        if (field.IsArray)
        {
            return isCompact ? 1 : 4;
        }

        return field.Type switch
        {
            WireType.Bool or WireType.Int8 => 1,
            WireType.Int16 or WireType.UInt16 => 2,
            WireType.Int32 or WireType.UInt32 => 4,
            WireType.Int64 or WireType.Float64 => 8,
            WireType.Uuid => 16,
            WireType.String => isCompact ? 1 : 2,
            WireType.Bytes => isCompact ? 1 : 4,
            WireType.Struct when field.Nullable.Contains(version) => 1,
            WireType.Struct => Of(message.Nested.First(type => type.FullName == field.StructType), version),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, "a wire type without a size"),
        };
    }
}
