using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Who joins, and when that begins a rebalance.</summary>
internal sealed partial class ClassicGroup
{
    /// <summary>Who was given an id and has to come back with it, each with the timer that forgets it.</summary>
    private readonly Dictionary<string, CoreTimer> pendingIds = new(StringComparer.Ordinal);

    public void Join(JoinWish wish)
    {
        if (!Takes(wish))
        {
            wish.Refuse(ErrorCode.InconsistentGroupProtocol);
        }
        else if (wish.Request.MemberId.Length > 0)
        {
            JoinKnown(wish);
        }
        else if (members.Count + pendingIds.Count >= Shard.Settings.MaxGroupSize)
        {
            wish.Refuse(ErrorCode.GroupMaxSizeReached);
        }
        else
        {
            JoinNew(wish);
        }
    }

    /// <summary>
    /// A group keeps its protocol type while it has members, and at least one protocol that all of them know.
    /// </summary>
    private bool Takes(JoinWish wish)
    {
        var request = wish.Request;
        if (members.Count == 0)
        {
            return request.ProtocolType.Length > 0 && request.Protocols.Length > 0;
        }

        var others = members.Values.Where(member => member.Id != request.MemberId).ToList();
        return request.ProtocolType == protocolType
            && (others.Count == 0 || request.Protocols.Any(protocol =>
                others.TrueForAll(member => member.Image.Protocols.Any(known => known.Name == protocol.Name))));
    }

    private void JoinNew(JoinWish wish)
    {
        var instance = wish.Request.GroupInstanceId;
        var id = $"{instance ?? wish.Call.ClientId}-{Shard.World.Entropy.NextGuid():D}";
        if (instance is not null && instances.TryGetValue(instance, out var old))
        {
            Replace(members[old], id, wish);
        }
        else if (wish.MustKnowItsId)
        {
            pendingIds[id] = Shard.After(wish.Session, () =>
            {
                pendingIds.Remove(id);
                CompleteWhenAllAreThere();
            });
            wish.Refuse(ErrorCode.MemberIdRequired, id);
        }
        else
        {
            Add(id, wish);
        }
    }

    private void JoinKnown(JoinWish wish)
    {
        var id = wish.Request.MemberId;
        if (pendingIds.Remove(id, out var pending))
        {
            pending.Cancel();
            Add(id, wish);
            return;
        }

        var (error, member) = JudgeId(id, wish.Request.GroupInstanceId);
        if (member is null || State == ClassicGroupState.Empty)
        {
            wish.Refuse(member is null ? error : ErrorCode.UnknownMemberId);
        }
        else if (MustRebalanceFor(member, wish))
        {
            Update(member, wish);
            Rebalance();
        }
        else
        {
            wish.Call.Answer(
                GenerationFor(member, wish, isLeaderToAssign: State == ClassicGroupState.CompletingRebalance));
            Renew(member);
        }
    }

    /// <summary>
    /// A member that says the same again has perhaps not heard the answer; a leader that does wants a rebalance.
    /// </summary>
    private bool MustRebalanceFor(ClassicMember member, JoinWish wish) => State switch
    {
        ClassicGroupState.PreparingRebalance => true,
        ClassicGroupState.CompletingRebalance => !member.IsAsBefore(wish.Protocols()),
        _ => member.Id == Leader || !member.IsAsBefore(wish.Protocols()),
    };

    private void Add(string id, JoinWish wish)
    {
        protocolType = members.Count == 0 ? wish.Request.ProtocolType : protocolType;
        var member = new ClassicMember(ImageOf(id, wish)) { IsNew = true };
        Enter(member);
        Leader ??= id;
        hasGrown = true;
        Wait(member, wish);
        Rebalance();
    }

    private void Update(ClassicMember member, JoinWish wish)
    {
        member.Image = ImageOf(member.Id, wish) with { Assignment = member.Image.Assignment };
        Wait(member, wish);
    }

    private void Wait(ClassicMember member, JoinWish wish)
    {
        member.Joining = wish;
        if (member.IsNew)
        {
            member.Session!.Renew(NewMemberPatience);
        }
        else
        {
            member.Session!.Stop();
        }
    }

    private static ClassicMemberImage ImageOf(string id, JoinWish wish) => new()
    {
        Id = id,
        InstanceId = wish.Request.GroupInstanceId,
        ClientId = wish.Call.ClientId ?? "",
        ClientHost = "/" + wish.Call.Connection.ClientHost,
        SessionTimeout = wish.Session,
        RebalanceTimeout = wish.Rebalance,
        Protocols = wish.Protocols(),
    };

    /// <summary>
    /// A static member is back under another id, and takes its old place: without a rebalance, if it is as before
    /// (KIP-345).
    /// </summary>
    private void Replace(ClassicMember old, string id, JoinWish wish)
    {
        var wasLeader = Leader == old.Id;
        Dismiss(old, ErrorCode.FencedInstanceId);
        Leave(old);
        var member = new ClassicMember(ImageOf(id, wish) with { Assignment = old.Image.Assignment });
        Enter(member);
        Leader = wasLeader || Leader is null ? id : Leader;
        if (State == ClassicGroupState.Stable && SelectProtocol() == Protocol)
        {
            Save(error =>
            {
                if (error != ErrorCode.None)
                {
                    wish.Refuse(error, id);
                    return;
                }

                Renew(member);
                wish.Call.Answer(GenerationFor(
                    member, wish, isLeaderToAssign: wish.CanSkipAssignment, isReplacing: true, leaderBefore: old.Id));
            });
            return;
        }

        Wait(member, wish);
        Rebalance();
    }

    /// <summary>The generation as it is, for one member.</summary>
    /// <param name="member">Who asked.</param>
    /// <param name="wish">Its request.</param>
    /// <param name="isLeaderToAssign">The leader is told who the members are.</param>
    /// <param name="isReplacing">It is a static member that is back: a leader need not assign anew.</param>
    /// <param name="leaderBefore">What its id was before.</param>
    private JoinGroupResponse GenerationFor(
        ClassicMember member, JoinWish wish, bool isLeaderToAssign, bool isReplacing = false,
        string? leaderBefore = null)
    {
        var isLeader = member.Id == Leader;
        return new JoinGroupResponse
        {
            GenerationId = Generation,
            ProtocolType = protocolType,
            ProtocolName = Protocol ?? "",

            // A client that cannot skip the assignment is led to believe that somebody else leads.
            Leader = (isReplacing && isLeader && !isLeaderToAssign ? leaderBefore : Leader) ?? "",
            SkipAssignment = isReplacing && isLeader && isLeaderToAssign && wish.CanSkipAssignment,
            MemberId = member.Id,
            Members = isLeader && isLeaderToAssign ? [.. members.Values.Select(Listed)] : [],
        };
    }

    private JoinGroupResponse.Member Listed(ClassicMember member) => new()
    {
        MemberId = member.Id,
        GroupInstanceId = member.InstanceId,
        Metadata = member.MetadataIn(Protocol),
    };
}
