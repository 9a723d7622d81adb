using System.Collections.Immutable;
using YamlDotNet.Core;

namespace Metamorph.Nodes;

/// <summary>A piece of a YAML document and where it stands.</summary>
/// <remarks>
/// YamlDotNet's own document model stops at the first repeated key and forgets it; this one keeps every pair, so that
/// all mistakes can be told at once.
/// </remarks>
internal abstract record YamlNode(Mark At)
{
    /// <summary>What this is, for a message that expected something else.</summary>
    public abstract string Kind { get; }

    /// <param name="IsNull">An empty value, <c>~</c> or <c>null</c>, unquoted.</param>
    internal sealed record Scalar(Mark At, string Text, bool IsNull) : YamlNode(At)
    {
        public override string Kind => IsNull ? "nothing" : $"'{Text}'";
    }

    internal sealed record Sequence(Mark At, ImmutableArray<YamlNode> Items) : YamlNode(At)
    {
        public override string Kind => "a list";
    }

    internal sealed record Mapping(Mark At, ImmutableArray<(Scalar Key, YamlNode Value)> Pairs) : YamlNode(At)
    {
        public override string Kind => "a section";
    }
}
