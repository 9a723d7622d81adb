using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>From one generation to the next.</summary>
internal sealed partial class ClassicGroup
{
    /// <summary>A new member waits for its first generation so long at most.</summary>
    private static readonly TimeSpan NewMemberPatience = TimeSpan.FromMinutes(5);

    private CoreTimer? rebalance;
    private CoreTimer? syncPatience;
    private bool isFirst;
    private bool hasGrown;

    /// <summary>The leader's assignment, or a member's question for its part of it.</summary>
    public void Sync(SyncGroupRequest request, Action<SyncGroupResponse> answer)
    {
        var (error, member) = Judge(request.MemberId, request.GroupInstanceId, request.GenerationId);
        var isOtherProtocol = (request.ProtocolType ?? protocolType) != protocolType
            || (request.ProtocolName ?? Protocol) != Protocol;
        if (member is not null && isOtherProtocol)
        {
            (error, member) = (ErrorCode.InconsistentGroupProtocol, null);
        }

        switch (State)
        {
            case var _ when member is null:
                answer(new SyncGroupResponse { ErrorCode = error });
                break;
            case ClassicGroupState.CompletingRebalance:
                SyncWithLeader(member, request, answer);
                break;
            case ClassicGroupState.Stable:
                Renew(member);
                answer(AssignmentOf(member));
                break;
            default:
                var why = State == ClassicGroupState.Empty ? ErrorCode.UnknownMemberId : ErrorCode.RebalanceInProgress;
                answer(new SyncGroupResponse { ErrorCode = why });
                break;
        }
    }

    private void SyncWithLeader(ClassicMember member, SyncGroupRequest request, Action<SyncGroupResponse> answer)
    {
        member.Syncing = answer;
        member.OwesSync = false;
        Renew(member);
        if (member.Id == Leader)
        {
            Assign(request.Assignments
                .ToDictionary(each => each.MemberId, each => each.Assignment.ToArray(), StringComparer.Ordinal));
        }
    }

    private void Assign(Dictionary<string, byte[]> assignments)
    {
        var generation = Generation;
        foreach (var member in members.Values)
        {
            member.Image = member.Image with { Assignment = assignments.GetValueOrDefault(member.Id) ?? [] };
        }

        Save(error =>
        {
            if (State != ClassicGroupState.CompletingRebalance || Generation != generation)
            {
                return;
            }

            if (error != ErrorCode.None)
            {
                AnswerSyncs(_ => new SyncGroupResponse { ErrorCode = error });
                Rebalance();
                return;
            }

            State = ClassicGroupState.Stable;
            syncPatience?.Cancel();
            AnswerSyncs(AssignmentOf);
        });
    }

    private SyncGroupResponse AssignmentOf(ClassicMember member) => new()
    {
        ProtocolType = protocolType,
        ProtocolName = Protocol,
        Assignment = member.Image.Assignment,
    };

    private void AnswerSyncs(Func<ClassicMember, SyncGroupResponse> answer)
    {
        foreach (var member in members.Values.Where(member => member.Syncing is not null).ToList())
        {
            var waiting = member.Syncing!;
            member.Syncing = null;
            waiting(answer(member));
            Renew(member);
        }
    }

    /// <summary>Calls every member to join again, or takes in one more while that goes on.</summary>
    private void Rebalance()
    {
        if (State == ClassicGroupState.PreparingRebalance)
        {
            CompleteWhenAllAreThere();
            return;
        }

        if (State == ClassicGroupState.CompletingRebalance)
        {
            syncPatience?.Cancel();
            AnswerSyncs(_ => new SyncGroupResponse { ErrorCode = ErrorCode.RebalanceInProgress });
        }

        isFirst = State == ClassicGroupState.Empty;
        State = ClassicGroupState.PreparingRebalance;
        if (isFirst)
        {
            WaitForMore(
                Shard.Settings.InitialRebalanceDelay, LongestRebalance() - Shard.Settings.InitialRebalanceDelay);
        }
        else
        {
            rebalance = Shard.After(LongestRebalance(), Complete);
            CompleteWhenAllAreThere();
        }
    }

    /// <summary>
    /// The first members of a group rarely come alone (<c>group.initial.rebalance.delay.ms</c>): as long as one more
    /// comes within the delay, the group waits once more, but never longer than a rebalance.
    /// </summary>
    private void WaitForMore(TimeSpan delay, TimeSpan left)
    {
        hasGrown = false;
        rebalance = Shard.After(delay, () =>
        {
            if (hasGrown && left > TimeSpan.Zero)
            {
                WaitForMore(left < delay ? left : delay, left - delay);
            }
            else
            {
                isFirst = false;
                Complete();
            }
        });
    }

    private TimeSpan LongestRebalance() =>
        members.Count == 0 ? TimeSpan.Zero : members.Values.Max(member => member.Image.RebalanceTimeout);

    private void CompleteWhenAllAreThere()
    {
        if (State == ClassicGroupState.PreparingRebalance && !isFirst && pendingIds.Count == 0
            && members.Values.All(member => member.Joining is not null))
        {
            Complete();
        }
    }

    /// <summary>
    /// Whoever has joined is the next generation. Static members that have not are kept, for their session.
    /// </summary>
    private void Complete()
    {
        rebalance?.Cancel();
        foreach (var absent in members.Values.Where(member => member is { Joining: null, InstanceId: null }).ToList())
        {
            Leave(absent);
        }

        if (members.Count > 0 && !ElectJoinedLeader())
        {
            rebalance = Shard.After(LongestRebalance(), Complete);
            return;
        }

        Generation++;
        if (members.Count == 0)
        {
            (State, Protocol, Leader) = (ClassicGroupState.Empty, null, null);
            SaveAnyway();
            return;
        }

        Protocol = SelectProtocol();
        State = ClassicGroupState.CompletingRebalance;
        foreach (var member in members.Values.ToList())
        {
            AnswerJoin(member);
        }

        var generation = Generation;
        syncPatience = Shard.After(LongestRebalance(), () => RemoveWhoOwesSync(generation));
    }

    /// <summary>
    /// Nobody waits for it: a coordinator that does not find it in the log waits for the old members' sessions to end.
    /// </summary>
    private void SaveAnyway() => Save(error =>
    {
        if (error != ErrorCode.None)
        {
            Shard.World.Say($"group {Id} is empty, which its log does not know: {error}");
        }
    });

    private void AnswerJoin(ClassicMember member)
    {
        var wish = member.Joining;
        (member.Joining, member.IsNew, member.OwesSync) = (null, false, true);
        Renew(member);
        wish?.Call.Answer(GenerationFor(member, wish, isLeaderToAssign: true));
    }

    private bool ElectJoinedLeader()
    {
        if (Leader is null || !members.TryGetValue(Leader, out var leader) || leader.Joining is null)
        {
            Leader = members.Values.FirstOrDefault(member => member.Joining is not null)?.Id ?? Leader;
        }

        return Leader is not null && members[Leader].Joining is not null;
    }

    private void RemoveWhoOwesSync(int generation)
    {
        if (State != ClassicGroupState.CompletingRebalance || Generation != generation)
        {
            return;
        }

        foreach (var late in members.Values.Where(member => member.OwesSync).ToList())
        {
            Leave(late);
        }

        Rebalance();
    }

    /// <summary>
    /// Each member votes for the first of its protocols that all members know; the leader's order decides where votes
    /// are equal.
    /// </summary>
    private string SelectProtocol()
    {
        var candidates = members[Leader!].Image.Protocols
            .Select(protocol => protocol.Name)
            .Where(name => members.Values.All(member => member.Image.Protocols.Any(each => each.Name == name)))
            .ToList();
        return candidates.MaxBy(name => members.Values
            .Count(member => name == member.Image.Protocols.First(each => candidates.Contains(each.Name)).Name))
            ?? "";
    }
}
