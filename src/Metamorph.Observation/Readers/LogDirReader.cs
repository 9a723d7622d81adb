using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>
/// Reads the log dirs of one broker with the size of every replica (DescribeLogDirs). Its offsetLag is always 0 and not
/// read.
/// </summary>
internal sealed class LogDirReader(KafkaClient client)
{
    /// <exception cref="Kafka.Errors.KafkaException">It did not answer, or refused.</exception>
    public async Task<ImmutableArray<LogDir>> ReadAsync(Endpoint broker, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(broker, new DescribeLogDirsRequest { Topics = null }, cancellationToken);
        Reading.Require(response.ErrorCode, $"describing the log dirs of {broker}");
        return
        [
            .. response.Results.Select(dir => new LogDir
            {
                Path = dir.LogDir,
                TotalBytes = dir.TotalBytes < 0 ? null : dir.TotalBytes,
                UsableBytes = dir.UsableBytes < 0 ? null : dir.UsableBytes,
                Error = dir.ErrorCode == ErrorCode.None ? null : dir.ErrorCode.ToString(),
                Replicas =
                [
                    .. from topic in dir.Topics
                       from partition in topic.Partitions
                       select new ReplicaSize(
                           new TopicPartition(topic.Name, partition.PartitionIndex),
                           partition.PartitionSize,
                           partition.IsFutureKey),
                ],
            }),
        ];
    }
}
