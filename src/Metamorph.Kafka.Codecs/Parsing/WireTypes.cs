using Metamorph.Kafka.Codecs.Model;
using Microsoft.CodeAnalysis;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>Which C# type stands for which type of the protocol.</summary>
internal static class WireTypes
{
    /// <summary>The primitive that <paramref name="type"/> stands for; <c>null</c> when it is none.</summary>
    public static WireType? Of(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum } named => Of(named.EnumUnderlyingType!),
        _ => type.SpecialType switch
        {
            SpecialType.System_Boolean => WireType.Bool,
            SpecialType.System_SByte => WireType.Int8,
            SpecialType.System_Int16 => WireType.Int16,
            SpecialType.System_UInt16 => WireType.UInt16,
            SpecialType.System_Int32 => WireType.Int32,
            SpecialType.System_UInt32 => WireType.UInt32,
            SpecialType.System_Int64 => WireType.Int64,
            SpecialType.System_Double => WireType.Float64,
            SpecialType.System_String => WireType.String,
            _ => type.ToDisplayString() switch
            {
                "System.Guid" => WireType.Uuid,
                "System.ReadOnlyMemory<byte>" => WireType.Bytes,
                _ => null,
            },
        },
    };

    /// <summary>
    /// Whether the reader and the writer have arrays of it: of those types that Kafka's messages have arrays of.
    /// </summary>
    public static bool CanBeElement(WireType type, ITypeSymbol element) =>
        element.TypeKind != TypeKind.Enum
        && type is (WireType.Int8 or WireType.Int16 or WireType.Int32 or WireType.Int64
            or WireType.Uuid or WireType.String or WireType.Struct);
}
