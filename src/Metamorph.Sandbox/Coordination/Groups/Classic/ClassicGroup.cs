using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>
/// A group whose members share partitions among themselves: one of them, the leader, decides (<c>ClassicGroup</c>).
/// </summary>
internal sealed partial class ClassicGroup : CoordinatedGroup
{
    private const string ConsumerProtocol = "consumer";

    private readonly OrderedDictionary<string, ClassicMember> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> instances = new(StringComparer.Ordinal);
    private string protocolType = "";

    public ClassicGroup(GroupShard shard, string id)
        : base(shard, id)
    {
    }

    /// <summary>One that the log has.</summary>
    public ClassicGroup(GroupShard shard, string id, ClassicGroupImage image)
        : base(shard, id)
    {
        (Generation, protocolType, Protocol, Leader) = (
            image.Generation, image.ProtocolType, image.Protocol, image.Leader);
        foreach (var member in image.Members)
        {
            Enter(new ClassicMember(member));
        }

        State = members.Count == 0 ? ClassicGroupState.Empty : ClassicGroupState.Stable;
    }

    public ClassicGroupState State { get; private set; }

    public int Generation { get; private set; }

    /// <summary>The protocol that all members of the generation share partitions by.</summary>
    public string? Protocol { get; private set; }

    /// <summary>The id of the member that decides.</summary>
    public string? Leader { get; private set; }

    public IReadOnlyCollection<ClassicMember> Members => members.Values;

    public override bool IsEmpty => members.Count == 0 && State == ClassicGroupState.Empty;

    public override string StateName => State.ToString();

    public override string TypeName => "classic";

    public override string ProtocolType => protocolType;

    public override void Begin()
    {
        foreach (var member in members.Values)
        {
            Renew(member);
        }
    }

    public override void Resign()
    {
        rebalance?.Cancel();
        syncPatience?.Cancel();
        foreach (var pending in pendingIds.Values)
        {
            pending.Cancel();
        }

        foreach (var member in members.Values)
        {
            member.Session?.Stop();
            Dismiss(member, ErrorCode.NotCoordinator);
        }
    }

    /// <summary>A member says that it is there.</summary>
    public ErrorCode Heartbeat(string memberId, string? instanceId, int generation)
    {
        var (error, member) = Judge(memberId, instanceId, generation);
        if (member is null || State == ClassicGroupState.Empty)
        {
            return member is null ? error : ErrorCode.UnknownMemberId;
        }

        Renew(member);
        return State == ClassicGroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
    }

    public override ErrorCode JudgeCommit(OffsetOwner who, bool isTransactional, short version)
    {
        if (who.GenerationOrEpoch < 0 && State == ClassicGroupState.Empty)
        {
            return ErrorCode.None;
        }

        if (who is { GenerationOrEpoch: < 0, MemberId: "", InstanceId: null })
        {
            return isTransactional ? ErrorCode.None : ErrorCode.UnknownMemberId;
        }

        var (error, member) = Judge(who.MemberId, who.InstanceId, who.GenerationOrEpoch);
        if (member is null)
        {
            return error;
        }

        if (!isTransactional && State == ClassicGroupState.CompletingRebalance)
        {
            return ErrorCode.RebalanceInProgress;
        }

        Renew(member);
        return ErrorCode.None;
    }

    public override ErrorCode JudgeFetch(string? memberId, int memberEpoch) => ErrorCode.None;

    public override bool IsSubscribedTo(string topic) =>
        members.Values
            .Any(member => protocolType != ConsumerProtocol || Subscriptions.Names(member.MetadataIn(Protocol), topic));

    protected override (object Image, int SizeBytes) ToRemember()
    {
        var kept = members.Values.Select(member => member.Image).ToList();
        var size = kept
            .Sum(member => 100 + member.Assignment.Length + member.Protocols.Sum(protocol => protocol.Metadata.Length));
        return (new ClassicGroupImage(Generation, protocolType, Protocol, Leader, kept), size);
    }

    private (ErrorCode Error, ClassicMember? Member) Judge(string memberId, string? instanceId, int generation)
    {
        var (error, member) = JudgeId(memberId, instanceId);
        return member is not null && generation != Generation ? (ErrorCode.IllegalGeneration, null) : (error, member);
    }

    private (ErrorCode Error, ClassicMember? Member) JudgeId(string memberId, string? instanceId)
    {
        if (instanceId is not null)
        {
            if (!instances.TryGetValue(instanceId, out var owner))
            {
                return (ErrorCode.UnknownMemberId, null);
            }

            if (owner != memberId)
            {
                return (ErrorCode.FencedInstanceId, null);
            }
        }

        return members.TryGetValue(memberId, out var member)
            ? (ErrorCode.None, member)
            : (ErrorCode.UnknownMemberId, null);
    }

    private void Enter(ClassicMember member)
    {
        member.Session = new SessionClock(Shard, () => Expire(member));
        members.Add(member.Id, member);
        if (member.InstanceId is { } instance)
        {
            instances[instance] = member.Id;
        }
    }

    private void Leave(ClassicMember member)
    {
        member.Session?.Stop();
        members.Remove(member.Id);
        if (member.InstanceId is { } instance && instances.GetValueOrDefault(instance) == member.Id)
        {
            instances.Remove(instance);
        }

        if (Leader == member.Id)
        {
            Leader = members.Count == 0 ? null : members.GetAt(0).Key;
        }
    }

    private static void Dismiss(ClassicMember member, ErrorCode error)
    {
        var (joining, syncing) = (member.Joining, member.Syncing);
        (member.Joining, member.Syncing) = (null, null);
        joining?.Refuse(error);
        syncing?.Invoke(new SyncGroupResponse { ErrorCode = error });
    }

    private static void Renew(ClassicMember member)
    {
        // One that waits for an answer cannot send heartbeats.
        if (member.Joining is null)
        {
            member.Session!.Renew(member.Image.SessionTimeout);
        }
    }
}
