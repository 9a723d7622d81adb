using System.Text.Json.Serialization;

namespace Metamorph.Traffic;

/// <summary>What a run does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrafficPhase>))]
public enum TrafficPhase
{
    /// <summary>Waits for the topic, the producers and the consumer group.</summary>
    Starting,

    /// <summary>Sends records as they become due.</summary>
    Producing,

    /// <summary>Waits for the fate of records on their way.</summary>
    Flushing,

    /// <summary>Waits until consumers have seen all there is.</summary>
    Draining,

    /// <summary>The result is final.</summary>
    Done,
}
