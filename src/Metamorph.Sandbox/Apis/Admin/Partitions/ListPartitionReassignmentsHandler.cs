using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells which partitions are being reassigned (API key 46).</summary>
internal sealed class ListPartitionReassignmentsHandler
    : ApiHandler<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>
{
    protected override void Handle(
        ListPartitionReassignmentsRequest request, Call<ListPartitionReassignmentsResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => new()
            {
                ErrorMessage = null,
                Topics =
                [
                    .. world.Controller.Reassignments.Ongoing
                        .Where(partition => IsAskedFor(request, partition))
                        .GroupBy(partition => partition.Topic.Name)
                        .OrderBy(topic => topic.Key, StringComparer.Ordinal)
                        .Select(Describe),
                ],
            },
            error => new() { ErrorCode = error, ErrorMessage = ApiError.Of(error).Message });

    private static bool IsAskedFor(ListPartitionReassignmentsRequest request, SandboxPartition partition) =>
        request.Topics is null || Array.Exists(
            request.Topics, topic => topic.Name == partition.Topic.Name && topic.PartitionIndexes.Contains(partition.Index));

    private static ListPartitionReassignmentsResponse.TopicReassignment Describe(IGrouping<string, SandboxPartition> topic) => new()
    {
        Name = topic.Key,
        Partitions =
        [
            .. topic.Select(partition => new ListPartitionReassignmentsResponse.PartitionReassignment
            {
                PartitionIndex = partition.Index,
                Replicas = partition.Now.Replicas,
                AddingReplicas = partition.Now.Adding,
                RemovingReplicas = partition.Now.Removing,
            }),
        ],
    };
}
