using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads the controller quorum from its leader, through any broker (DescribeQuorum).</summary>
internal sealed class QuorumReader(KafkaClient client)
{
    private const string MetadataTopic = "__cluster_metadata";

    /// <param name="fetchTimeout"><c>controller.quorum.fetch.timeout.ms</c> of the controllers, the shortest of
    /// them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered, or there is no active controller to forward
    /// to.</exception>
    public async Task<Quorum> ReadAsync(TimeSpan fetchTimeout, CancellationToken cancellationToken)
    {
        var response = await client.SendToAnyAsync(
            new DescribeQuorumRequest
            {
                Topics = [new() { TopicName = MetadataTopic, Partitions = [new() { PartitionIndex = 0 }] }],
            },
            cancellationToken);
        Reading.Require(response.ErrorCode, "describing the quorum", response.ErrorMessage);
        if (response.Topics is not [{ Partitions: [var partition] }])
        {
            throw new Kafka.Errors.KafkaProtocolException("DescribeQuorum answered without the metadata partition");
        }

        Reading.Require(partition.ErrorCode, "describing the quorum", partition.ErrorMessage);
        return new Quorum
        {
            Leader = partition.LeaderId < 0 ? null : new NodeId(partition.LeaderId),
            LeaderEpoch = partition.LeaderEpoch,
            HighWatermark = partition.HighWatermark,
            Voters = [.. partition.CurrentVoters.Select(ReplicaOf).OrderBy(voter => voter.Id)],
            Observers = [.. partition.Observers.Select(ReplicaOf).OrderBy(observer => observer.Id)],
            FetchTimeout = fetchTimeout,
        };
    }

    private static QuorumReplica ReplicaOf(DescribeQuorumResponse.ReplicaState replica) => new()
    {
        Id = new NodeId(replica.ReplicaId),
        DirectoryId = replica.ReplicaDirectoryId == Guid.Empty ? null : replica.ReplicaDirectoryId,
        LogEndOffset = replica.LogEndOffset < 0 ? null : replica.LogEndOffset,
        LastFetch = TimeOf(replica.LastFetchTimestamp),
        LastCaughtUp = TimeOf(replica.LastCaughtUpTimestamp),
    };

    private static DateTimeOffset? TimeOf(long timestampMs) =>
        timestampMs < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(timestampMs);
}
