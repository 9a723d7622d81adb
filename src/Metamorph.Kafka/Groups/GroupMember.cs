using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;

namespace Metamorph.Kafka.Groups;

/// <summary>One member of a classic consumer group that reads one topic: joins, stays, and leaves.</summary>
/// <remarks>The leader's part, giving every member its share, is done here too. Calls do not overlap, save heartbeat and commit.</remarks>
internal sealed class GroupMember(KafkaClient client, TopicRouter router, GroupOptions options)
{
    private const string ProtocolType = "consumer";

    /// <summary>LeaveGroup takes a list of members from this version on.</summary>
    private const short FirstWithMembers = 3;

    /// <summary>Beyond what the coordinator itself waits for.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly GroupCoordinator coordinator = new(client, options.Group);
    private string memberId = "";

    /// <summary>Joins, or joins again, until there is a generation that this member is part of.</summary>
    /// <exception cref="KafkaErrorException">The group cannot be joined at all, for instance for want of authorization.</exception>
    public async Task<GroupMembership> JoinAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var joined = await AskToJoinAsync(cancellationToken);
            if (joined is null)
            {
                continue;
            }

            var assignments = joined.Leader == joined.MemberId ? await ShareOutAsync(joined, cancellationToken) : [];
            var synced = await SyncAsync(joined, assignments, cancellationToken);
            if (synced is { } share)
            {
                return new GroupMembership(joined.MemberId, joined.GenerationId, [.. RangeAssignor.Partitions(share, router.Topic)]);
            }
        }
    }

    /// <summary>Says that this member is there.</summary>
    /// <returns>None, or why the generation is over for this member.</returns>
    public async Task<ErrorCode> HeartbeatAsync(GroupMembership membership, CancellationToken cancellationToken)
    {
        var request = new HeartbeatRequest
        {
            GroupId = options.Group,
            GenerationId = membership.Generation,
            MemberId = membership.Member,
        };
        var answer = await coordinator.AskAsync(request, heard => heard.ErrorCode, client.Options.RequestTimeout, cancellationToken);
        return Heeded(answer.ErrorCode);
    }

    /// <summary>Commits the offsets of the records to read next.</summary>
    /// <returns>None, or why nothing was committed.</returns>
    public async Task<ErrorCode> CommitAsync(
        GroupMembership membership, IReadOnlyDictionary<int, long> offsets, CancellationToken cancellationToken)
    {
        var request = CommitMessages.Commit(router.View, options.Group, membership, offsets);
        var answer = await coordinator.AskAsync(request, CommitMessages.ErrorOf, client.Options.RequestTimeout, cancellationToken);
        return Heeded(CommitMessages.ErrorOf(answer));
    }

    /// <summary>The committed offsets of some partitions; those without any are left out.</summary>
    /// <exception cref="KafkaErrorException">The coordinator refuses to tell.</exception>
    public async Task<ImmutableDictionary<int, long>> CommittedAsync(IEnumerable<int> partitions, CancellationToken cancellationToken)
    {
        var request = CommitMessages.Committed(router.View, options.Group, [.. partitions]);
        var answer = await coordinator.AskAsync(request, CommitMessages.ErrorOf, client.Options.RequestTimeout, cancellationToken);
        return CommitMessages.ErrorOf(answer) is var error and not ErrorCode.None
            ? throw new KafkaErrorException(error, $"asking for the committed offsets of {options.Group}")
            : CommitMessages.Committed(answer);
    }

    /// <summary>Leaves, so that the others need not wait for the session to end.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var one = new LeaveGroupRequest { GroupId = options.Group, MemberId = memberId };
        var listed = new LeaveGroupRequest { GroupId = options.Group, Members = [new() { MemberId = memberId }] };
        var request = new ShapedRequest<LeaveGroupResponse>(version => version < FirstWithMembers ? one : listed);
        await coordinator.AskAsync(request, answer => answer.ErrorCode, client.Options.RequestTimeout, cancellationToken);
        memberId = "";
    }

    private async Task<JoinGroupResponse?> AskToJoinAsync(CancellationToken cancellationToken)
    {
        var request = new JoinGroupRequest
        {
            GroupId = options.Group,
            SessionTimeoutMs = (int)options.SessionTimeout.TotalMilliseconds,
            RebalanceTimeoutMs = (int)options.RebalanceTimeout.TotalMilliseconds,
            MemberId = memberId,
            ProtocolType = ProtocolType,
            Protocols = [new() { Name = RangeAssignor.Name, Metadata = RangeAssignor.Subscription(router.Topic) }],
        };
        var answer = await coordinator.AskAsync(
            request, heard => heard.ErrorCode, options.RebalanceTimeout + Slack, cancellationToken);
        switch (answer.ErrorCode)
        {
            case ErrorCode.None:
                memberId = answer.MemberId;
                return answer;
            case ErrorCode.MemberIdRequired:
                memberId = answer.MemberId;
                return null;
            default:
                return await AgainAsync<JoinGroupResponse>(answer.ErrorCode, "joining", cancellationToken);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> SyncAsync(
        JoinGroupResponse joined, SyncGroupRequest.MemberAssignment[] assignments, CancellationToken cancellationToken)
    {
        var request = new SyncGroupRequest
        {
            GroupId = options.Group,
            GenerationId = joined.GenerationId,
            MemberId = joined.MemberId,
            ProtocolType = ProtocolType,
            ProtocolName = RangeAssignor.Name,
            Assignments = assignments,
        };
        var answer = await coordinator.AskAsync(
            request, heard => heard.ErrorCode, options.RebalanceTimeout + Slack, cancellationToken);
        if (answer.ErrorCode == ErrorCode.None)
        {
            return answer.Assignment;
        }

        await AgainAsync<object>(answer.ErrorCode, "syncing with", cancellationToken);
        return null;
    }

    private async Task<SyncGroupRequest.MemberAssignment[]> ShareOutAsync(JoinGroupResponse joined, CancellationToken cancellationToken)
    {
        var view = router.View.PartitionCount > 0 ? router.View : await router.UntilCompleteAsync(cancellationToken);
        var readers = joined.Members.Where(member => RangeAssignor.Wants(member.Metadata, router.Topic)).Select(member => member.MemberId);
        return
        [
            .. RangeAssignor.Assign(readers, view.PartitionCount).Select(share => new SyncGroupRequest.MemberAssignment
            {
                MemberId = share.Key,
                Assignment = RangeAssignor.Assignment(router.Topic, share.Value),
            }),
        ];
    }

    /// <summary>Goes on after a refusal that joining again heals; throws on any other.</summary>
    private async Task<T?> AgainAsync<T>(ErrorCode error, string doing, CancellationToken cancellationToken)
        where T : class
    {
        if (Heeded(error) is not (ErrorCode.RebalanceInProgress or ErrorCode.UnknownMemberId or ErrorCode.IllegalGeneration)
            && !error.IsRetriable())
        {
            throw new KafkaErrorException(error, $"{doing} the group {options.Group}");
        }

        await Task.Delay(Backoff.After(1), client.Time, cancellationToken);
        return null;
    }

    private ErrorCode Heeded(ErrorCode error)
    {
        if (error is ErrorCode.UnknownMemberId or ErrorCode.FencedMemberEpoch)
        {
            memberId = "";
        }

        return error;
    }
}
