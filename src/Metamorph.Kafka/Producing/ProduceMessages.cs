using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Records;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Producing;

/// <summary>Says a <see cref="LeaderSend"/> in Kafka's words, and understands the answer's hints.</summary>
internal static class ProduceMessages
{
    /// <summary>The newest version that names topics instead of giving their ids.</summary>
    private const short LastWithNames = 12;

    /// <summary>From all in-sync replicas: what is acknowledged survives any of them.</summary>
    private const short AcksAll = -1;

    public static IKafkaRequest<ProduceResponse> Request(TopicView view, LeaderSend send, long producerId, TimeSpan timeout)
    {
        var request = new ProduceRequest
        {
            Acks = AcksAll,
            TimeoutMs = (int)timeout.TotalMilliseconds,
            TopicData =
            [
                new()
                {
                    Name = view.Topic,
                    TopicId = view.Id ?? Guid.Empty,
                    PartitionData = [.. send.Batches.Select(sent => Partition(sent, producerId))],
                },
            ],
        };
        return ShapedRequest<ProduceResponse>.About(view, request, LastWithNames);
    }

    /// <summary>The leader that a refusal names, and where it listens (KIP-951).</summary>
    public static (PartitionLeader Leader, Endpoint? Endpoint) LeaderHint(
        ProduceResponse answer, ProduceResponse.PartitionResponse told)
    {
        var (id, epoch) = (told.CurrentLeader.LeaderId, told.CurrentLeader.LeaderEpoch);
        var endpoint = answer.NodeEndpoints.FirstOrDefault(node => node.NodeId == id);
        return (
            new PartitionLeader(id < 0 ? null : new NodeId(id), epoch),
            endpoint is null ? null : new Endpoint(endpoint.Host, endpoint.Port));
    }

    private static ProduceRequest.Partition Partition(SentBatch sent, long producerId)
    {
        var batch = sent.Batch;
        batch.Encoded ??= Encode(batch.Records, producerId, batch.Sequence!.Value);
        return new ProduceRequest.Partition { Index = sent.Queue.Partition, Records = batch.Encoded };
    }

    private static byte[] Encode(IReadOnlyList<OutgoingRecord> records, long producerId, BatchSequence sequence)
    {
        var builder = new RecordBatchBuilder
        {
            ProducerId = producerId,
            ProducerEpoch = sequence.ProducerEpoch,
            BaseSequence = sequence.First,
        };
        foreach (var record in records)
        {
            builder.Add(record.TimestampMs, key: null, record.Value);
        }

        return builder.Build();
    }
}
