using System.Collections.Immutable;

namespace Metamorph.Nodes;

/// <summary>The cluster file cannot be used. Nothing was touched.</summary>
/// <param name="errors">All that is wrong with it, in the order of the file.</param>
public sealed class ClusterFileException(ImmutableArray<ClusterFileError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public ImmutableArray<ClusterFileError> Errors { get; } = errors;
}

/// <summary>One mistake in a cluster file.</summary>
/// <param name="File">The path as the operator gave it.</param>
/// <param name="Line">Counted from 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">Counted from 1; 0 when the file as a whole is meant.</param>
/// <param name="Key">Where in the document, for instance <c>nodes[0].home</c>; empty for the document itself.</param>
public sealed record ClusterFileError(string File, int Line, int Column, string Key, string Found, string Expected)
{
    /// <summary><c>orders.yaml:7:5: nodes[0].hmoe: unknown key 'hmoe', expected one of …</c></summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        return Key.Length > 0 ? $"{place}: {Key}: {Found}, expected {Expected}" : $"{place}: {Found}, expected {Expected}";
    }
}
