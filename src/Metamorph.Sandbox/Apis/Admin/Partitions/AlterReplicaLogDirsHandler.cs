using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Moves replicas between the log dirs of the broker that is asked (KIP-113; API key 34).</summary>
internal sealed class AlterReplicaLogDirsHandler : ApiHandler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse>
{
    protected override void Handle(
        AlterReplicaLogDirsRequest request, Call<AlterReplicaLogDirsResponse> call, World world)
    {
        var results =
            from dir in request.Dirs
            from topic in dir.Topics
            from index in topic.Partitions
            select (topic.Name, Result: new AlterReplicaLogDirsResponse.PartitionResult
            {
                PartitionIndex = index,
                ErrorCode = world.Replication.MoveWithin(call.Node, Find(topic.Name, index, call, world), dir.Path),
            });
        call.Answer(new()
        {
            Results =
            [
                .. results.GroupBy(result => result.Name).Select(topic => new AlterReplicaLogDirsResponse.TopicResult
                {
                    TopicName = topic.Key, Partitions = [.. topic.Select(result => result.Result)],
                }),
            ],
        });
    }

    private static SandboxPartition? Find(string name, int index, Call call, World world) =>
        world.Metadata.FindTopic(name, call.Life.Applied) is { } topic && index >= 0 && index < topic.Partitions.Count
            ? topic.Partitions[index]
            : null;
}
