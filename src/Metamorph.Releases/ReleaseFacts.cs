using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What is known of one release line.</summary>
public sealed record ReleaseFacts
{
    public required ReleaseLine Line { get; init; }

    /// <summary>Year and month of the first release; null while there is none.</summary>
    public required string? Since { get; init; }

    /// <summary>The newest patch that this catalog knows; null while the line is not released.</summary>
    public required KafkaRelease? LatestPatch { get; init; }

    /// <summary>The highest <c>inter.broker.protocol.version</c>; null from 4.0 on, which has none.</summary>
    public required string? InterBrokerProtocol { get; init; }

    /// <summary>The Java releases with long-term support that the line's brokers are tested with, lowest first.</summary>
    public required ImmutableArray<int> JavaSupported { get; init; }

    /// <summary>What its nodes support in KRaft mode; empty before 3.3, when features did not exist.</summary>
    public required ImmutableSortedDictionary<string, FeatureRange> SupportedFeatures { get; init; }

    /// <summary>
    /// What Kafka's own tool proposes for a cluster of this line, <c>metadata.version</c> aside. For what an upgrade
    /// finalizes ask <see cref="ReleaseCatalog.FeaturesFinalizedByDefault"/>, which leaves out what cannot be undone.
    /// </summary>
    public required ImmutableSortedDictionary<string, short> DefaultLevels { get; init; }

    /// <summary>What an operator should know of the line, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Whether Apache has released it (general availability).</summary>
    public bool IsReleased => LatestPatch is not null;

    /// <summary>Whether it can run with ZooKeeper; 3.9 is the last line that can.</summary>
    public bool RunsWithZooKeeper => Line < new ReleaseLine(4, 0);

    /// <summary>The oldest Java that starts a broker.</summary>
    public int JavaMinimum => JavaSupported[0];

    /// <summary>The levels of <c>metadata.version</c> that it supports in production; null before 3.3.</summary>
    public FeatureRange? MetadataVersion =>
        SupportedFeatures.TryGetValue(KafkaFeatures.MetadataVersion, out var range) ? range : null;
}
