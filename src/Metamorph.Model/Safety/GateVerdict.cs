using System.Collections.Immutable;

namespace Metamorph.Model;

/// <summary>A gate's answer: every objection rather than the first, so an operator sees the whole picture.</summary>
public sealed record GateVerdict(ImmutableArray<Objection> Objections)
{
    public static GateVerdict Open { get; } = new([]);

    public bool IsOpen => Objections.IsEmpty;

    public static GateVerdict Of(IEnumerable<Objection> objections) => new([.. objections]);

    public GateVerdict And(GateVerdict other) => new([.. Objections, .. other.Objections]);
}
