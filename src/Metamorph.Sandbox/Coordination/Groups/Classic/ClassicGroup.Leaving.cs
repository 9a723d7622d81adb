using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Who goes, by its own will or in silence.</summary>
internal sealed partial class ClassicGroup
{
    /// <summary>Lets a member go; without a member id, the static member of that instance id.</summary>
    public ErrorCode Remove(string memberId, string? instanceId)
    {
        if (instanceId is null && pendingIds.Remove(memberId, out var pending))
        {
            pending.Cancel();
            CompleteWhenAllAreThere();
            return ErrorCode.None;
        }

        var id = memberId.Length == 0 && instanceId is not null
            ? instances.GetValueOrDefault(instanceId, "")
            : memberId;
        var (error, member) = JudgeId(id, instanceId);
        if (member is null)
        {
            return error;
        }

        Dismiss(member, ErrorCode.UnknownMemberId);
        Leave(member);
        GoOnWithoutIt();
        return ErrorCode.None;
    }

    private void Expire(ClassicMember member)
    {
        if (members.GetValueOrDefault(member.Id) != member)
        {
            return;
        }

        Shard.World.Say($"group {Id}: member {member.Id} has been silent for too long");
        Dismiss(member, ErrorCode.UnknownMemberId);
        Leave(member);
        GoOnWithoutIt();
    }

    private void GoOnWithoutIt()
    {
        if (State == ClassicGroupState.PreparingRebalance)
        {
            CompleteWhenAllAreThere();
        }
        else if (State != ClassicGroupState.Empty)
        {
            Rebalance();
        }
    }
}
