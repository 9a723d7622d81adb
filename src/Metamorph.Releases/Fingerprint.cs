using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>Tells a node's release line from its answer to ApiVersions. No API says it outright.</summary>
/// <remarks>
/// In KRaft mode from 3.3 on, the highest <c>metadata.version</c> a node supports belongs to exactly one line. Else the
/// API ranges tell, but only those that a broker answers for itself: the ones that it forwards are cut down to what the
/// active controller knows. The patch level is invisible. Whatever does not fit is unknown; it is never rounded.
/// </remarks>
public static class Fingerprint
{
    private const short LeaderAndIsr = 4;
    private const short UpdateMetadata = 6;

    /// <summary>The highest versions that tell the lines apart, of APIs that are not forwarded.</summary>
    private static readonly ImmutableArray<TellTale> TellTales =
    [
        new("Produce", 0, (new(2, 8), 9), (new(3, 7), 10), (new(3, 8), 11), (new(4, 0), 12), (new(4, 1), 13)),
        new("Fetch", 1, (new(2, 8), 12), (new(3, 1), 13), (new(3, 5), 15), (new(3, 7), 16), (new(3, 9), 17), (new(4, 1), 18)),
        new("ListOffsets", 2,
            (new(2, 8), 6), (new(3, 0), 7), (new(3, 5), 8), (new(3, 9), 9), (new(4, 0), 10), (new(4, 2), 11)),
        new("LeaderAndIsr", LeaderAndIsr, (new(2, 8), 5), (new(3, 2), 6), (new(3, 4), 7), (new(4, 0), null)),
        new("JoinGroup", 11, (new(2, 8), 7), (new(3, 2), 9)),
        new("ApiVersions", 18, (new(2, 8), 3), (new(3, 9), 4), (new(4, 4), 5)),
        new("AddPartitionsToTxn", 24, (new(2, 8), 3), (new(3, 6), 4), (new(3, 8), 5)),
        new("TxnOffsetCommit", 28, (new(2, 8), 3), (new(3, 8), 4), (new(4, 0), 5), (new(4, 4), 6)),
        new("DescribeLogDirs", 35, (new(2, 8), 2), (new(3, 2), 3), (new(3, 3), 4), (new(4, 3), 5)),
    ];

    /// <summary>The line that the answer gives away, or why it gives none away.</summary>
    /// <param name="apis">The advertised range of each API, by key.</param>
    /// <param name="supportedFeatures">The supported features; empty from a ZooKeeper-mode broker or before 3.3.</param>
    public static Observed<ReleaseLine> LineOf(
        IReadOnlyDictionary<short, (short Min, short Max)> apis,
        IReadOnlyDictionary<string, FeatureRange> supportedFeatures) =>
        supportedFeatures.TryGetValue(KafkaFeatures.MetadataVersion, out var metadata)
            ? ByMetadataVersion(metadata, apis)
            : ByApiRanges(apis);

    /// <summary>Whether a broker with these APIs takes its orders from a ZooKeeper-mode controller.</summary>
    /// <remarks>
    /// LeaderAndIsr and UpdateMetadata are served by such brokers alone. ControlledShutdown does not tell: the
    /// controllers of a KRaft cluster up to 3.9 advertise it as well.
    /// </remarks>
    public static bool IsZooKeeperMode(IReadOnlyDictionary<short, (short Min, short Max)> apis) =>
        apis.ContainsKey(LeaderAndIsr) || apis.ContainsKey(UpdateMetadata);

    private static Observed<ReleaseLine> ByMetadataVersion(
        FeatureRange metadata, IReadOnlyDictionary<short, (short Min, short Max)> apis)
    {
        var line = ReleaseCatalog.LineOfHighest(metadata.Max);
        if (!line.IsKnown)
        {
            return Observed<ReleaseLine>.Unknown(
                $"the node supports metadata.version {metadata}: {line.Why} "
                + "(a newer Kafka, unstable features switched on, or a vendor's own numbers)");
        }

        var expected = ReleaseCatalog.Find(line.Value).Value.MetadataVersion!.Value;
        if (metadata != expected)
        {
            return Observed<ReleaseLine>.Unknown(
                $"the node supports metadata.version {metadata}, but {line.Value} supports {expected}");
        }

        // Lower ranges may come from a proxy in between. A higher one the line cannot have: the binary is another.
        foreach (var tell in TellTales)
        {
            if (apis.TryGetValue(tell.Key, out var range) && range.Max > (tell.MaxIn(line.Value) ?? -1))
            {
                return Observed<ReleaseLine>.Unknown(
                    $"metadata.version {metadata} says {line.Value}, but {tell.Api} up to version {range.Max} does not: "
                    + $"{line.Value} has {tell.MaxIn(line.Value)?.ToString() ?? "none"}");
            }
        }

        return line;
    }

    private static Observed<ReleaseLine> ByApiRanges(IReadOnlyDictionary<short, (short Min, short Max)> apis)
    {
        var seen = TellTales.Where(tell => apis.ContainsKey(tell.Key)).ToList();
        if (seen.Count == 0)
        {
            return Observed<ReleaseLine>.Unknown(
                $"the node names no metadata.version and, of {apis.Count} APIs, none that tells release lines apart");
        }

        var fitting = ReleaseCatalog.Lines
            .Select(facts => facts.Line)
            .Where(line => seen.All(tell => tell.MaxIn(line) == apis[tell.Key].Max))
            .ToList();
        if (fitting.Count == 1)
        {
            return Observed<ReleaseLine>.Of(fitting[0]);
        }

        var numbers = string.Join(", ", seen.Select(tell => $"{tell.Api} {apis[tell.Key].Max}"));
        return Observed<ReleaseLine>.Unknown(
            fitting.Count == 0
                ? $"the node names no metadata.version, and no known line has {numbers}"
                : $"the node names no metadata.version, and {numbers} fit {string.Join(" and ", fitting)} alike");
    }

    /// <summary>The highest version of one API, from each line at which it changed; null where the API is gone.</summary>
    private sealed record TellTale(string Api, short Key, params (ReleaseLine Since, short? Max)[] Changes)
    {
        public short? MaxIn(ReleaseLine line) => Changes.Last(change => change.Since <= line).Max;
    }
}
