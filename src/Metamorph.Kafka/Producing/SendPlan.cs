using Metamorph.Model;

namespace Metamorph.Kafka.Producing;

/// <summary>What a producer does next.</summary>
/// <param name="Sends">Requests to make, one a leader.</param>
/// <param name="Expired">Batches whose time is over.</param>
/// <param name="WantsLeaders">Whether a batch has nowhere to go.</param>
/// <param name="NextLook">When to look again at the latest, if nothing happens before; null when only an event can change anything.</param>
internal sealed record SendPlan(List<LeaderSend> Sends, List<SentBatch> Expired, bool WantsLeaders, TimeSpan? NextLook);

/// <summary>One request: batches of several partitions that have the same leader.</summary>
internal sealed record LeaderSend(Endpoint Leader, List<SentBatch> Batches);

/// <summary>A batch and the queue it is the head of.</summary>
internal readonly record struct SentBatch(PartitionQueue Queue, ProducerBatch Batch);
