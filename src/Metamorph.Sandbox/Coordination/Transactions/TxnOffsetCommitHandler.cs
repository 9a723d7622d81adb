using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Commits a group's offsets in a transaction: they count once that has committed.</summary>
/// <remarks>
/// The group's coordinator asks the transaction's whether these offsets are part of it, and from version 5 on makes
/// them
/// so. Kafka asks since 3.6; the sandbox always does, as an older release would notice a fenced producer by its log.
/// </remarks>
internal sealed class TxnOffsetCommitHandler : ApiHandler<TxnOffsetCommitRequest, TxnOffsetCommitResponse>
{
    private const short FirstWithAbortable = 4;
    private const short FirstThatJoins = 5;
    private const short FirstWithTopicIds = 6;

    protected override void Handle(TxnOffsetCommitRequest request, Call<TxnOffsetCommitResponse> call, World world)
    {
        var (error, shard) = world.Groups.Find(call, request.GroupId);
        var who = new OffsetOwner(request.MemberId, request.GroupInstanceId, request.GenerationIdOrMemberEpoch);
        error = shard is null
            ? error
            : OffsetCommits.Judge(shard, request.GroupId, who, call.Version, isTransactional: true);
        if (error != ErrorCode.None)
        {
            Answer(request, call, error);
            return;
        }

        world.Transactions.Join(
            call.Node,
            request.TransactionalId,
            (request.ProducerId, request.ProducerEpoch),
            shard!.Partition.Id,
            isVerifying: call.Version < FirstThatJoins,
            said => Commit(request, call, shard, said));
    }

    private static void Commit(
        TxnOffsetCommitRequest request, Call<TxnOffsetCommitResponse> call, GroupShard shard, ErrorCode error)
    {
        if (error != ErrorCode.None || shard.IsOver)
        {
            Answer(request, call, shard.IsOver ? ErrorCode.NotCoordinator : Worded(call.Version, error));
            return;
        }

        var taken = new List<CommittedOffset>();
        foreach (var topic in request.Topics)
        {
            taken.AddRange(topic.Partitions
                .Where(partition => Refusal(topic, partition, call, shard) is null)
                .Select(partition => new CommittedOffset(
                    new TopicPartition(Find(topic, call, shard.World)!.Name, partition.PartitionIndex),
                    partition.CommittedOffset,
                    partition.CommittedLeaderEpoch,
                    partition.CommittedMetadata ?? "")));
        }

        shard.Writer.CommitLater(request.ProducerId, request.GroupId, taken, said =>
            Answer(request, call, (topic, partition) => Refusal(topic, partition, call, shard) ?? said));
    }

    /// <summary>The answer has no word for a fenced producer but its epoch.</summary>
    private static ErrorCode Worded(short version, ErrorCode error) => error == ErrorCode.ProducerFenced
        ? ErrorCode.InvalidProducerEpoch
        : TransactionErrors.Abortable(version, FirstWithAbortable, error);

    private static SandboxTopic? Find(TxnOffsetCommitRequest.Topic topic, Call call, World world) =>
        call.Version >= FirstWithTopicIds
        ? world.Metadata.FindTopic(topic.TopicId, call.Life.Applied)
        : world.Metadata.FindTopic(topic.Name, call.Life.Applied);

    private static ErrorCode? Refusal(
        TxnOffsetCommitRequest.Topic topic, TxnOffsetCommitRequest.Partition partition, Call call, GroupShard shard) =>
        Find(topic, call, shard.World) is { } known
            ? OffsetCommits.Refusal(
                known, partition.PartitionIndex, partition.CommittedMetadata, call.Life, shard.Settings)
            : call.Version >= FirstWithTopicIds ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition;

    private static void Answer(TxnOffsetCommitRequest request, Call<TxnOffsetCommitResponse> call, ErrorCode error) =>
        Answer(request, call, (_, _) => error);

    private static void Answer(
        TxnOffsetCommitRequest request,
        Call<TxnOffsetCommitResponse> call,
        Func<TxnOffsetCommitRequest.Topic, TxnOffsetCommitRequest.Partition, ErrorCode> errorOf) =>
        call.Answer(new TxnOffsetCommitResponse
        {
            Topics =
            [
                .. request.Topics.Select(topic => new TxnOffsetCommitResponse.Topic
                {
                    Name = topic.Name,
                    TopicId = topic.TopicId,
                    Partitions =
                    [
                        .. topic.Partitions.Select(partition => new TxnOffsetCommitResponse.Partition
                        {
                            PartitionIndex = partition.PartitionIndex,
                            ErrorCode = errorOf(topic, partition),
                        }),
                    ],
                }),
            ],
        });
}
