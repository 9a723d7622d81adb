using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>One level of <c>metadata.version</c>.</summary>
/// <param name="Level">The number that is finalized.</param>
/// <param name="Name">What Kafka calls it: <c>4.3-IV0</c>.</param>
/// <param name="Line">The release line that brought it.</param>
/// <param name="ChangesRecords">Whether it changed what the metadata log holds, so that leaving it loses something.</param>
/// <param name="LosslessFloor">The lowest level that it can be taken back to without loss.</param>
public sealed record MetadataVersion(
    short Level, string Name, ReleaseLine Line, bool ChangesRecords, short LosslessFloor)
{
    /// <summary>The lowest level that a 4.x node can read (3.3-IV3); it stops when it replays a lower one.</summary>
    public const short MinimumOf4 = 7;

    /// <summary>From this level on the active controller checks what the other controllers support (3.7-IV0).</summary>
    public const short ControllersRegister = 15;

    /// <summary>Every level there is, lowest first: level n stands at index n - 1.</summary>
    public static ImmutableArray<MetadataVersion> All { get; } = Build(
        ("3.0-IV1", true), ("3.1-IV0", false), ("3.2-IV0", true),
        ("3.3-IV0", false), ("3.3-IV1", true), ("3.3-IV2", true), ("3.3-IV3", true),
        ("3.4-IV0", true),
        ("3.5-IV0", false), ("3.5-IV1", false), ("3.5-IV2", true),
        ("3.6-IV0", false), ("3.6-IV1", true), ("3.6-IV2", true),
        ("3.7-IV0", true), ("3.7-IV1", false), ("3.7-IV2", true), ("3.7-IV3", false), ("3.7-IV4", false),
        ("3.8-IV0", false),
        ("3.9-IV0", false),
        ("4.0-IV0", false), ("4.0-IV1", true), ("4.0-IV2", false), ("4.0-IV3", false),
        ("4.1-IV0", false), ("4.1-IV1", false),
        ("4.2-IV0", false), ("4.2-IV1", false),
        ("4.3-IV0", true),
        ("4.4-IV0", false), ("4.4-IV1", true), ("4.4-IV2", true));

    /// <summary>The level, or null when this catalog does not know it: a newer Kafka, or a vendor's own numbers.</summary>
    public static MetadataVersion? Find(short level) => level >= 1 && level <= All.Length ? All[level - 1] : null;

    public override string ToString() => $"{Level} ({Name})";

    // A level can be left downwards as long as no level on the way changed records, itself included.
    private static ImmutableArray<MetadataVersion> Build(params (string Name, bool ChangesRecords)[] levels)
    {
        var all = ImmutableArray.CreateBuilder<MetadataVersion>(levels.Length);
        short floor = 1;
        foreach (var (name, changesRecords) in levels)
        {
            var level = (short)(all.Count + 1);
            floor = changesRecords ? level : floor;
            all.Add(new(level, name, ReleaseLine.Parse(name[..name.IndexOf('-')]), changesRecords, floor));
        }

        return all.MoveToImmutable();
    }
}
