using System.Globalization;
using Metamorph.Kafka.Codecs.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>Reads a property's initial value, which is what a version without the field means.</summary>
internal sealed class DefaultReader(Compilation compilation, List<Complaint> complaints)
{
    public string Read(IPropertySymbol property, WireType type, bool isArray, bool canBeNull)
    {
        var initializer = InitializerOf(property);
        if (isArray || type is WireType.Bytes or WireType.Struct)
        {
            var isNull = canBeNull && (initializer is null || initializer.IsKind(SyntaxKind.NullLiteralExpression));
            return isNull ? "null" : EmptyOf(type, isArray);
        }

        if (initializer is null)
        {
            return type == WireType.String ? (canBeNull ? "null" : "\"\"") : "default";
        }

        var constant = compilation.GetSemanticModel(initializer.SyntaxTree).GetConstantValue(initializer);
        if (!constant.HasValue)
        {
            complaints.Add(Complaint.At(property, Descriptors.BadDefault, property.Name));
            return "default";
        }

        return Literal(property.Type, constant.Value);
    }

    private static string EmptyOf(WireType type, bool isArray)
    {
        if (isArray)
        {
            return "[]";
        }

        return type == WireType.Struct ? "new()" : "global::System.ReadOnlyMemory<byte>.Empty";
    }

    private static string Literal(ITypeSymbol type, object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        IFormattable number when type.TypeKind == TypeKind.Enum =>
            $"({FieldParser.FullName(type)})({number.ToString(null, CultureInfo.InvariantCulture)})",
        // A conditional would make an int of a bare literal.
        IFormattable number => $"({type.ToDisplayString()})({number.ToString(null, CultureInfo.InvariantCulture)})",
        _ => "default",
    };

    private static ExpressionSyntax? InitializerOf(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences
            .Select(reference => (reference.GetSyntax() as PropertyDeclarationSyntax)?.Initializer?.Value)
            .FirstOrDefault(value => value is not null);
}
