using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads the reassignments that are under way (ListPartitionReassignments).</summary>
internal sealed class ReassignmentReader(KafkaClient client)
{
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered, or the controller refused.</exception>
    public async Task<ImmutableArray<Reassignment>> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new ListPartitionReassignmentsRequest
        {
            TimeoutMs = (int)client.Options.RequestTimeout.TotalMilliseconds,
            Topics = null,
        };
        var response = await client.SendToAnyAsync(request, cancellationToken);
        Reading.Require(response.ErrorCode, "listing reassignments", response.ErrorMessage);
        return
        [
            .. from topic in response.Topics
               from partition in topic.Partitions
               where partition.AddingReplicas.Length + partition.RemovingReplicas.Length > 0
               select new Reassignment(
                   new TopicPartition(topic.Name, partition.PartitionIndex),
                   new NodeList(partition.AddingReplicas),
                   new NodeList(partition.RemovingReplicas)),
        ];
    }
}
