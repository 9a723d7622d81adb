using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Elects preferred leaders, or unclean ones (KIP-460; API key 43).</summary>
internal sealed class ElectLeadersHandler : ApiHandler<ElectLeadersRequest, ElectLeadersResponse>
{
    private const sbyte Preferred = 0;
    private const sbyte Unclean = 1;

    protected override void Handle(ElectLeadersRequest request, Call<ElectLeadersResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => request.ElectionType is Preferred or Unclean
                ? new() { ReplicaElectionResults = [.. Elect(request, world)] }
                : Failed(request, new(ErrorCode.InvalidRequest, $"Unknown election type {request.ElectionType}"), call.Version),
            error => Failed(request, ApiError.Of(error), call.Version));

    private static IEnumerable<ElectLeadersResponse.TopicResult> Elect(ElectLeadersRequest request, World world)
    {
        var kind = request.ElectionType == Unclean ? ElectionKind.Unclean : ElectionKind.Preferred;

        // Where all are meant, nothing is said of those that have the leader that is wanted.
        return request.TopicPartitions is null
            ? world.Metadata.Topics.Values.ToList().Select(topic => new ElectLeadersResponse.TopicResult
            {
                Topic = topic.Name,
                PartitionResult =
                [
                    .. topic.Partitions
                        .Select(partition => Result(
                            partition.Index, ApiError.Of(world.Controller.Partitions.Elect(partition, kind))))
                        .Where(result => result.ErrorCode != ErrorCode.ElectionNotNeeded),
                ],
            })
            : request.TopicPartitions.Select(topic => new ElectLeadersResponse.TopicResult
            {
                Topic = topic.Topic,
                PartitionResult = [.. topic.Partitions.Select(index => Result(index, ElectOne(topic.Topic, index, kind, world)))],
            });
    }

    private static ApiError ElectOne(string name, int index, ElectionKind kind, World world)
    {
        if (world.Metadata.FindTopic(name) is not { } topic)
        {
            return new(ErrorCode.UnknownTopicOrPartition, $"No such topic as {name}");
        }

        return index < 0 || index >= topic.Partitions.Count
            ? new(ErrorCode.UnknownTopicOrPartition, $"No such partition as {name}-{index}")
            : ApiError.Of(world.Controller.Partitions.Elect(topic.Partitions[index], kind));
    }

    private static ElectLeadersResponse Failed(ElectLeadersRequest request, ApiError error, short version) => new()
    {
        // Version 0 has no error of its own.
        ErrorCode = version >= 1 ? error.Code : ErrorCode.None,
        ReplicaElectionResults =
        [
            .. (request.TopicPartitions ?? []).Select(topic => new ElectLeadersResponse.TopicResult
            {
                Topic = topic.Topic,
                PartitionResult = [.. topic.Partitions.Select(index => Result(index, error))],
            }),
        ],
    };

    private static ElectLeadersResponse.PartitionResult Result(int index, ApiError error) =>
        new() { PartitionId = index, ErrorCode = error.Code, ErrorMessage = error.Message };
}
