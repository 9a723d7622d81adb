using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Begins and cancels reassignments (API key 45).</summary>
internal sealed class AlterPartitionReassignmentsHandler
    : ApiHandler<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>
{
    protected override void Handle(
        AlterPartitionReassignmentsRequest request, Call<AlterPartitionReassignmentsResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => new()
            {
                ErrorMessage = null,
                Responses = [.. request.Topics.Select(topic => Alter(topic, request.AllowReplicationFactorChange, world))],
            },
            error => new() { ErrorCode = error, ErrorMessage = ApiError.Of(error).Message });

    private static AlterPartitionReassignmentsResponse.TopicResponse Alter(
        AlterPartitionReassignmentsRequest.Topic topic, bool mayChangeReplicationFactor, World world) => new()
        {
            Name = topic.Name,
            Partitions =
            [
                .. topic.Partitions.Select(partition =>
                {
                    var error = world.Controller.Reassignments.Alter(
                        topic.Name, partition.PartitionIndex, partition.Replicas, mayChangeReplicationFactor);
                    return new AlterPartitionReassignmentsResponse.PartitionResponse
                    {
                        PartitionIndex = partition.PartitionIndex, ErrorCode = error.Code, ErrorMessage = error.Message,
                    };
                }),
            ],
        };
}
