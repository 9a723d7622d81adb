using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Metamorph.Nodes;

/// <summary>Builds the tree of a YAML text from the parser's events.</summary>
internal sealed class YamlDocument
{
    // A cluster file is four levels deep; a file that nests further is not one, and must not exhaust the stack.
    private const int MaxDepth = 32;

    private readonly Dictionary<string, YamlNode> anchors = [];
    private readonly Parser parser;

    private YamlDocument(TextReader text) => parser = new Parser(text);

    /// <returns>The root; null when the text holds no document.</returns>
    /// <exception cref="YamlException">The text is not YAML, holds several documents, or nests too deep.</exception>
    public static YamlNode? Parse(string text)
    {
        using var reader = new StringReader(text);
        var document = new YamlDocument(reader);
        try
        {
            return document.Root();
        }
        catch (InvalidOperationException e)
        {
            // The scanner's answer to some texts, such as a list that is still open at a key: [a, then nodes: on the next line.
            var at = document.parser.Current?.End ?? new Mark(0, 1, 1);
            throw new YamlException(at, at, "what follows cannot be understood", e);
        }
    }

    private YamlNode? Root()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Next(depth: 0);
        parser.Consume<DocumentEnd>();
        return parser.Accept<DocumentStart>(out var second)
            ? throw new YamlException(second.Start, second.End, "a second document starts here")
            : root;
    }

    private YamlNode Next(int depth)
    {
        var at = parser.Current!.Start;
        if (depth > MaxDepth)
        {
            throw new YamlException(at, at, $"nested deeper than {MaxDepth} levels");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var known)
                ? known
                : throw new YamlException(alias.Start, alias.End, $"no anchor '&{alias.Value.Value}' before this alias");
        }

        var anchor = ((NodeEvent)parser.Current).Anchor;
        YamlNode node = parser.Current switch
        {
            SequenceStart => NextSequence(at, depth),
            MappingStart => NextMapping(at, depth),
            _ => ScalarOf(parser.Consume<Scalar>()),
        };
        if (!anchor.IsEmpty)
        {
            anchors[anchor.Value] = node;
        }

        return node;
    }

    private YamlNode.Sequence NextSequence(Mark at, int depth)
    {
        parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Next(depth + 1));
        }

        return new YamlNode.Sequence(at, items.ToImmutable());
    }

    private YamlNode.Mapping NextMapping(Mark at, int depth)
    {
        parser.Consume<MappingStart>();
        var pairs = ImmutableArray.CreateBuilder<(YamlNode.Scalar, YamlNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Next(depth + 1);
            pairs.Add((key as YamlNode.Scalar ?? throw new YamlException(key.At, key.At, "a key that is not text"),
                Next(depth + 1)));
        }

        return new YamlNode.Mapping(at, pairs.ToImmutable());
    }

    private static YamlNode.Scalar ScalarOf(Scalar scalar) =>
        new(scalar.Start, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null");
}
