using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells what lies in a broker's log dirs, and how much room is left (KIP-113, KIP-827).</summary>
internal sealed class DescribeLogDirsHandler : ApiHandler<DescribeLogDirsRequest, DescribeLogDirsResponse>
{
    protected override void Handle(DescribeLogDirsRequest request, Call<DescribeLogDirsResponse> call, World world) =>
        call.Answer(new DescribeLogDirsResponse
        {
            Results =
            [
                .. world.Replication.DisksOf(call.Node).Select((disk, index) => disk.IsOffline
                    ? new DescribeLogDirsResponse.LogDirResult { LogDir = disk.Path, ErrorCode = ErrorCode.KafkaStorageError }
                    : new DescribeLogDirsResponse.LogDirResult
                    {
                        LogDir = disk.Path,
                        TotalBytes = disk.TotalBytes,
                        UsableBytes = disk.UsableBytes,
                        Topics = [.. TopicsIn(index, request, call, world)],
                    }),
            ],
        });

    private static IEnumerable<DescribeLogDirsResponse.Topic> TopicsIn(
        int dir, DescribeLogDirsRequest request, Call<DescribeLogDirsResponse> call, World world)
    {
        var asked = request.Topics?.ToDictionary(topic => topic.Topic, topic => topic.Partitions, StringComparer.Ordinal);
        SandboxTopic? topic = null;
        List<DescribeLogDirsResponse.Partition> partitions = [];
        foreach (var (partition, bytes) in world.Replication.ReplicasIn(call.Node, dir))
        {
            if (asked is not null && !(asked.TryGetValue(partition.Topic.Name, out var indexes) && indexes.Contains(partition.Index)))
            {
                continue;
            }

            if (topic is not null && partition.Topic != topic)
            {
                yield return new() { Name = topic.Name, Partitions = [.. partitions] };
                partitions.Clear();
            }

            topic = partition.Topic;

            // The offset lag of a follower that lags is 0 in Kafka too: it compares the replica with itself.
            partitions.Add(new() { PartitionIndex = partition.Index, PartitionSize = bytes });
        }

        if (topic is not null)
        {
            yield return new() { Name = topic.Name, Partitions = [.. partitions] };
        }
    }
}
