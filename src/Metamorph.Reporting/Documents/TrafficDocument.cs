using System.Collections.Immutable;
using System.Text.Json;

namespace Metamorph.Reporting;

/// <summary>What a producer and a consumer that account for every record saw. Its shape is a contract: <c>docs/operating/json.md</c>.</summary>
public sealed record TrafficDocument
{
    public required long Sent { get; init; }

    public required long Acked { get; init; }

    public required long Consumed { get; init; }

    /// <summary>Acknowledged and never consumed.</summary>
    public required long Lost { get; init; }

    public required long Duplicated { get; init; }

    public required long OutOfOrder { get; init; }

    public required double ProduceP50Ms { get; init; }

    public required double ProduceP99Ms { get; init; }

    /// <summary>The longest time without any acknowledgement.</summary>
    public required double LongestGapMs { get; init; }

    public required ImmutableArray<ErrorCountDocument> Errors { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ReportingJson.Default.TrafficDocument);
}

/// <param name="Name">Kafka's name of the error.</param>
/// <param name="Count">How often.</param>
public sealed record ErrorCountDocument(string Name, long Count);
