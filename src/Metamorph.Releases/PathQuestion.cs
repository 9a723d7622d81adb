using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What runs, and what is wanted.</summary>
/// <param name="Lowest">The oldest release that runs on any node.</param>
/// <param name="Highest">The newest release that runs on any node.</param>
/// <param name="To">The wanted release.</param>
/// <param name="MetadataVersion">The finalized level; 0 in ZooKeeper mode, or where none was ever finalized.</param>
/// <param name="ZooKeeperMode">Whether the cluster keeps its metadata in ZooKeeper.</param>
internal sealed record PathQuestion(
    KafkaRelease Lowest, KafkaRelease Highest, KafkaRelease To, short MetadataVersion, bool ZooKeeperMode)
{
    public bool GoesTo4 => To.Line >= Lines.V40;

    public bool IsUpgrade => To >= Highest && To > Lowest;

    public bool Enters(ReleaseLine line) => Lowest.Line < line && line <= To.Line;

    public Finding Refuse(string code, string found, string expected, string remedy) =>
        new(FindingSeverity.Refusal, code, $"{Lowest} to {To}", found, expected, remedy);

    public Finding Warn(string code, string found, string expected, string remedy) =>
        new(FindingSeverity.Warning, code, $"{Lowest} to {To}", found, expected, remedy);

    public Finding Note(string code, string found, string expected, string remedy = "") =>
        new(FindingSeverity.Note, code, $"{Lowest} to {To}", found, expected, remedy);
}

/// <summary>The lines at which rules change.</summary>
internal static class Lines
{
    public static readonly ReleaseLine V28 = new(2, 8);
    public static readonly ReleaseLine V33 = new(3, 3);
    public static readonly ReleaseLine V34 = new(3, 4);
    public static readonly ReleaseLine V37 = new(3, 7);
    public static readonly ReleaseLine V39 = new(3, 9);
    public static readonly ReleaseLine V40 = new(4, 0);
    public static readonly ReleaseLine V42 = new(4, 2);
}
