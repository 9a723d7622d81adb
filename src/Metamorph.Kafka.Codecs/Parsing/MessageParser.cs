using Metamorph.Kafka.Codecs.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Metamorph.Kafka.Codecs.Parsing;

/// <summary>Turns one declared type, with the types nested in it, into a <see cref="MessageModel"/>.</summary>
internal sealed class MessageParser
{
    private readonly INamedTypeSymbol _message;
    private readonly FieldParser _fields;
    private readonly List<Complaint> _complaints = [];
    private readonly List<StructModel> _nested = [];
    private readonly HashSet<INamedTypeSymbol> _finished = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _open = new(SymbolEqualityComparer.Default);
    private VersionSpan _flexible;

    private MessageParser(INamedTypeSymbol message, Compilation compilation)
    {
        _message = message;
        _fields = new FieldParser(message, compilation, _complaints);
    }

    public static ParsedMessage Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var parser = new MessageParser((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation);
        var message = parser.ParseMessage(context.Attributes[0]);
        return new ParsedMessage(
            parser._complaints.Count == 0 ? message : null, new EquatableArray<Complaint>(parser._complaints));
    }

    private MessageModel ParseMessage(AttributeData attribute)
    {
        var versions = Versions(attribute.Named<string>("Versions") ?? "");
        _flexible = Versions(attribute.Named<string>("Flexible") ?? "none");

        var root = ParseStruct(_message);
        var heldWhole = _nested.Concat([root])
            .SelectMany(type => type.Fields)
            .Where(field => field is { Type: WireType.Struct, IsArray: false } && !field.DefaultsToNull)
            .Select(field => field.StructType!);
        var needIsDefault = new HashSet<string>(heldWhole);

        return new MessageModel
        {
            Namespace = _message.ContainingNamespace.ToDisplayString(),
            Key = KeyOf(attribute),
            Role = attribute.ConstructorArguments.Length == 2
                ? (MessageRole)(int)attribute.ConstructorArguments[1].Value!
                : MessageRole.Data,
            Versions = versions,
            Flexible = _flexible,
            Root = root,
            Nested = new EquatableArray<StructModel>(
                _nested.Select(type => type with { NeedsIsDefault = needIsDefault.Contains(type.FullName) })),
        };
    }

    private StructModel ParseStruct(INamedTypeSymbol type)
    {
        _open.Add(type);
        if (!IsPartial(type))
        {
            _complaints.Add(Complaint.At(type, Descriptors.NotPartial, type.Name));
        }

        var fields = new List<FieldModel>();
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (_fields.Parse(property, _flexible) is { } field)
            {
                fields.Add(field);
                ParseNested(property);
            }
        }

        CheckTags(type, fields);
        _open.Remove(type);
        return new StructModel
        {
            Name = type.Name,
            FullName = FieldParser.FullName(type),
            IsValueStruct = type.IsValueType,
            HasOwnConstructor = type.InstanceConstructors.Any(
                constructor => constructor.Parameters.IsEmpty && !constructor.IsImplicitlyDeclared),
            Fields = new EquatableArray<FieldModel>(fields),
            NeedsIsDefault = false,
        };
    }

    private void ParseNested(IPropertySymbol property)
    {
        if (FieldParser.StructOf(property.Type) is not { } type)
        {
            return;
        }

        if (_open.Contains(type))
        {
            _complaints.Add(Complaint.At(property, Descriptors.Recursive, type.Name));
        }
        else if (_finished.Add(type))
        {
            _nested.Add(ParseStruct(type));
        }
    }

    private void CheckTags(INamedTypeSymbol type, List<FieldModel> fields)
    {
        var twice = fields.Where(field => !field.Tagged.IsEmpty)
            .GroupBy(field => field.Tag)
            .FirstOrDefault(sameTag => sameTag.Count() > 1);
        if (twice is not null)
        {
            _complaints.Add(Complaint.At(
                type, Descriptors.BadTag, type.Name, $"tag {twice.Key} is given to {twice.Count()} fields"));
        }
    }

    private VersionSpan Versions(string text)
    {
        if (VersionSpan.Parse(text) is { } span)
        {
            return span;
        }

        _complaints.Add(Complaint.At(_message, Descriptors.BadVersions, text));
        return VersionSpan.None;
    }

    private static string? KeyOf(AttributeData attribute)
    {
        if (attribute.ConstructorArguments.Length != 2)
        {
            return null;
        }

        var key = attribute.ConstructorArguments[0];
        return $"({FieldParser.FullName(key.Type!)}){key.Value}";
    }

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(modifier => modifier.Text == "partial"));
}
