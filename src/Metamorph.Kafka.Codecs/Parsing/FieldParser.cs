using Metamorph.Kafka.Codecs.Model;
using Microsoft.CodeAnalysis;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>Turns one property into a <see cref="FieldModel"/>.</summary>
internal sealed class FieldParser(INamedTypeSymbol message, Compilation compilation, List<Complaint> complaints)
{
    private const string FieldAttribute = "Metamorph.Kafka.Protocol.FieldAttribute";

    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>
    /// The type with fields of its own that a property holds one or many of; <c>null</c> for primitives.
    /// </summary>
    public static INamedTypeSymbol? StructOf(ITypeSymbol type)
    {
        var element = Unwrap(type is IArrayTypeSymbol array ? array.ElementType : type);
        return WireTypes.Of(element) is null
            && element is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named
            && !named.DeclaringSyntaxReferences.IsEmpty
            ? named
            : null;
    }

    public FieldModel? Parse(IPropertySymbol property, VersionSpan flexible)
    {
        var attribute = property.GetAttributes()
            .FirstOrDefault(candidate => candidate.AttributeClass?.ToDisplayString() == FieldAttribute);
        if (attribute is null)
        {
            return null;
        }

        var before = complaints.Count;
        var field = Describe(property, attribute);
        if (field is not null)
        {
            Check(property, field, flexible);
        }

        return complaints.Count == before ? field : null;
    }

    private FieldModel? Describe(IPropertySymbol property, AttributeData attribute)
    {
        var isArray = property.Type is IArrayTypeSymbol;
        var element = Unwrap(property.Type is IArrayTypeSymbol array ? array.ElementType : property.Type);
        var structType = StructOf(property.Type);
        if (structType is not null && !SymbolEqualityComparer.Default.Equals(structType.ContainingType, message))
        {
            complaints.Add(Complaint.At(
                property, Descriptors.NotNested, property.Name, structType.Name, message.Name));
            return null;
        }

        var wireType = structType is null ? WireTypes.Of(element) : WireType.Struct;
        if (wireType is not { } type || (isArray && !WireTypes.CanBeElement(type, element)))
        {
            complaints.Add(Complaint.At(property, Descriptors.BadType, property.Name, property.Type.ToDisplayString()));
            return null;
        }

        var canBeNull = property.NullableAnnotation == NullableAnnotation.Annotated;
        return new FieldModel
        {
            Property = property.Name,
            PropertyType = property.Type.ToDisplayString(Qualified),
            Type = type,
            IsArray = isArray,
            CanBeNull = canBeNull,
            StructType = structType is null ? null : FullName(structType),
            IsValueStruct = structType?.IsValueType ?? false,
            EnumType = element.TypeKind == TypeKind.Enum ? FullName(element) : null,
            Versions = Versions(property, attribute.ConstructorArguments[0].Value as string ?? ""),
            Nullable = Versions(property, attribute.Named<string>("Nullable") ?? "none"),
            Tagged = Versions(property, attribute.Named<string>("Tagged") ?? "none"),
            Tag = TagOf(attribute),
            Ignorable = attribute.Named<bool>("Ignorable"),
            Interned = attribute.Named<bool>("Interned"),
            Flexible = attribute.Named<string>("Flexible") is { } text ? Versions(property, text) : null,
            Default = new DefaultReader(compilation, complaints).Read(property, type, isArray, canBeNull),
        };
    }

    private void Check(IPropertySymbol property, FieldModel field, VersionSpan flexible)
    {
        if (property.SetMethod is null)
        {
            complaints.Add(Complaint.At(property, Descriptors.NotSettable, property.Name));
        }

        if (field.Interned && (field.Type != WireType.Int32 || !field.IsArray || field.CanBeNull))
        {
            complaints.Add(Complaint.At(property, Descriptors.BadInterning, property.Name));
        }

        if (field.CanBeNull == field.Nullable.IsEmpty)
        {
            complaints.Add(Complaint.At(property, Descriptors.BadNullability, property.Name, field.CanBeNull
                ? "its type has a question mark, but no version is nullable"
                : "it has nullable versions, but its type has no question mark"));
        }

        if (TagTrouble(field, flexible) is { } trouble)
        {
            complaints.Add(Complaint.At(property, Descriptors.BadTag, property.Name, trouble));
        }
    }

    private static string? TagTrouble(FieldModel field, VersionSpan flexible)
    {
        if (field.Tagged.IsEmpty)
        {
            return field.Tag >= 0 ? "it has a tag, but no tagged versions" : null;
        }

        if (field.Tag < 0)
        {
            return "it has tagged versions, but no tag";
        }

        if (!field.Versions.Covers(field.Tagged) || field.Tagged.Max != field.Versions.Max)
        {
            return "its tagged versions must be its last versions";
        }

        return flexible.Covers(field.Tagged) ? null : "it is tagged in a version that is not flexible";
    }

    private VersionSpan Versions(IPropertySymbol property, string text)
    {
        if (VersionSpan.Parse(text) is { } span)
        {
            return span;
        }

        complaints.Add(Complaint.At(property, Descriptors.BadVersions, text));
        return VersionSpan.None;
    }

    private static int TagOf(AttributeData attribute) =>
        attribute.NamedArguments.Any(argument => argument.Key == "Tag") ? attribute.Named<int>("Tag") : -1;

    private static ITypeSymbol Unwrap(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;
}
