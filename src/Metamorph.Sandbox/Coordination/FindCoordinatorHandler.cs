using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>
/// Tells which broker coordinates a group or a transactional id: the leader of its partition. Makes the topic where it
/// is missing.
/// </summary>
internal sealed class FindCoordinatorHandler : ApiHandler<FindCoordinatorRequest, FindCoordinatorResponse>
{
    private const sbyte Group = 0;
    private const sbyte Transaction = 1;
    private const short FirstWithKeys = 4;

    protected override void Handle(FindCoordinatorRequest request, Call<FindCoordinatorResponse> call, World world)
    {
        if (call.Version >= FirstWithKeys)
        {
            call.Answer(new()
            {
                Coordinators =
                [
                    .. request.CoordinatorKeys.Select(key => Listed(key, Find(key, request.KeyType, call, world))),
                ],
            });
            return;
        }

        var (error, broker) = Find(request.CoordinatorKey, request.KeyType, call, world);
        call.Answer(new FindCoordinatorResponse
        {
            ErrorCode = error,
            ErrorMessage = error == ErrorCode.None ? "NONE" : Message(error),
            NodeId = broker?.Id ?? -1,
            Host = broker?.Endpoint.Host ?? "",
            Port = broker?.Endpoint.Port ?? -1,
        });
    }

    private static FindCoordinatorResponse.Coordinator Listed(
        string key, (ErrorCode Error, BrokerRecord? Broker) found) => new()
    {
        Key = key,
        ErrorCode = found.Error,
        ErrorMessage = found.Error == ErrorCode.None ? "" : Message(found.Error),
        NodeId = found.Broker?.Id ?? -1,
        Host = found.Broker?.Endpoint.Host ?? "",
        Port = found.Broker?.Endpoint.Port ?? -1,
    };

    private static string Message(ErrorCode error) =>
        error == ErrorCode.InvalidRequest
            ? "There is no coordinator of this type."
            : "The coordinator is not available.";

    private static (ErrorCode Error, BrokerRecord? Broker) Find(
        string key, sbyte type, Call<FindCoordinatorResponse> call, World world)
    {
        // A share group's coordinator (type 2) is answered like an unknown type by a broker that does not run one.
        if (type is not (Group or Transaction))
        {
            return (ErrorCode.InvalidRequest, null);
        }

        var partition = type == Group
            ? world.Groups.PartitionOf(key, call.Life)
            : world.Transactions.PartitionOf(key, call.Life);
        if (partition is null)
        {
            Create(type == Group ? InternalTopics.ConsumerOffsets : InternalTopics.TransactionState, call, world);
            return (ErrorCode.CoordinatorNotAvailable, null);
        }

        var brokers = world.Metadata.Brokers.AsOf(call.Life.Applied);
        return partition.AsOf(call.Life.Applied) is { Leader: >= 0 } believed
            && brokers.TryGetValue(believed.Leader, out var broker) && !broker.IsFenced
                ? (ErrorCode.None, broker)
                : (ErrorCode.CoordinatorNotAvailable, null);
    }

    private static void Create(string topic, Call<FindCoordinatorResponse> call, World world)
    {
        if (!call.Node.IsCutOff)
        {
            world.Controller.Topics.EnsureInternal(topic);
        }
    }
}
