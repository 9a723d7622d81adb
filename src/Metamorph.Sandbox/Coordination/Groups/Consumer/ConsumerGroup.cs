using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>A group whose coordinator shares the partitions out (KIP-848, <c>ConsumerGroup</c>).</summary>
internal sealed partial class ConsumerGroup(GroupShard shard, string id, ConsumerGroupImage image)
    : CoordinatedGroup(shard, id)
{
    private const short FirstCommitWithEpochs = 9;

    private readonly Dictionary<string, SessionClock> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CoreTimer> revocations = new(StringComparer.Ordinal);

    public ConsumerGroup(GroupShard shard, string id)
        : this(shard, id, ConsumerGroupImage.Empty)
    {
    }

    /// <summary>All there is to know of it.</summary>
    public ConsumerGroupImage Image { get; private set; } = image;

    public override bool IsEmpty => Image.Members.IsEmpty;

    public override string StateName =>
        Image.Members.IsEmpty ? "Empty"
        : Image.Epoch > Image.AssignmentEpoch ? "Assigning"
        : Image.Members.Values.All(IsWhereItShallBe) ? "Stable"
        : "Reconciling";

    private bool IsWhereItShallBe(ConsumerMember member) =>
        member.State == ConsumerMemberState.Stable && member.Epoch == Image.AssignmentEpoch;

    public override string TypeName => "consumer";

    public override string ProtocolType => "consumer";

    public override void Begin()
    {
        foreach (var member in Image.Members.Values)
        {
            Renew(member.Id);
            WatchRevocation(member);
        }
    }

    public override void Resign()
    {
        foreach (var session in sessions.Values)
        {
            session.Stop();
        }

        foreach (var timer in revocations.Values)
        {
            timer.Cancel();
        }
    }

    public override ErrorCode JudgeCommit(OffsetOwner who, bool isTransactional, short version)
    {
        var isNobody = who is { GenerationOrEpoch: < 0, MemberId: "", InstanceId: null };
        if ((who.GenerationOrEpoch < 0 && IsEmpty) || (isTransactional && isNobody))
        {
            return ErrorCode.None;
        }

        if (!Image.Members.TryGetValue(who.MemberId, out var member))
        {
            return ErrorCode.UnknownMemberId;
        }

        return who.GenerationOrEpoch == member.Epoch ? ErrorCode.None
            : isTransactional || version >= FirstCommitWithEpochs ? ErrorCode.StaleMemberEpoch
            : ErrorCode.UnsupportedVersion;
    }

    public override ErrorCode JudgeFetch(string? memberId, int memberEpoch)
    {
        if (memberEpoch < 0 && string.IsNullOrEmpty(memberId))
        {
            return ErrorCode.None;
        }

        return !Image.Members.TryGetValue(memberId ?? "", out var member) ? ErrorCode.UnknownMemberId
            : member.Epoch == memberEpoch ? ErrorCode.None
            : ErrorCode.StaleMemberEpoch;
    }

    public override bool IsSubscribedTo(string topic) =>
        Image.Members.Values.Any(member => TopicsOf(member).Any(known => known.Name == topic));

    /// <summary>Somebody else takes a member out; without a member id, the static member of that instance id.</summary>
    public ErrorCode RemoveByAdmin(string memberId, string? instanceId)
    {
        var member = instanceId is null ? Image.Members.GetValueOrDefault(memberId) : FindInstance(instanceId);
        if (member is null)
        {
            return ErrorCode.UnknownMemberId;
        }

        if (memberId.Length > 0 && member.Id != memberId)
        {
            return ErrorCode.FencedInstanceId;
        }

        Expel(member.Id, "is taken out");
        return ErrorCode.None;
    }

    protected override (object Image, int SizeBytes) ToRemember() => (Image, 60 + (Image.Members.Count * 160));

    /// <summary>The topics that a member wants and that its coordinator knows.</summary>
    private IReadOnlyList<SandboxTopic> TopicsOf(ConsumerMember member)
    {
        var metadata = Shard.World.Metadata;
        var applied = Shard.Life.Applied;
        var named = member.Topics.Select(name => metadata.FindTopic(name, applied)).OfType<SandboxTopic>();
        if (TopicPattern.Of(member.Regex) is not { } pattern)
        {
            return [.. named];
        }

        return [.. named.Union(metadata.TopicsAt(applied).Where(topic => pattern.IsMatch(topic.Name)))];
    }

    private void Renew(string memberId)
    {
        if (!sessions.TryGetValue(memberId, out var session))
        {
            sessions[memberId] = session = new SessionClock(
                Shard, () => Expel(memberId, "has been silent for too long"));
        }

        session.Renew(Shard.Settings.ConsumerSessionOf(Id));
    }

    /// <summary>A member that does not give up what it has to within its rebalance timeout is expelled.</summary>
    private void WatchRevocation(ConsumerMember member)
    {
        var isRevoking = member.State == ConsumerMemberState.UnrevokedPartitions;
        if (!isRevoking && revocations.Remove(member.Id, out var timer))
        {
            timer.Cancel();
        }
        else if (isRevoking && !revocations.ContainsKey(member.Id))
        {
            revocations[member.Id] = Shard.After(
                member.RebalanceTimeout, () => Expel(member.Id, "has not given its partitions up in time"));
        }
    }

    private void Expel(string memberId, string why)
    {
        if (Image.Members.ContainsKey(memberId))
        {
            Shard.World.Say($"group {Id}: member {memberId} {why}");
            Remove(memberId);
            Save(error =>
            {
                if (error != ErrorCode.None)
                {
                    Shard.World.Say($"group {Id}: its log still has member {memberId}: {error}");
                }
            });
        }
    }

    private void Remove(string memberId)
    {
        if (sessions.Remove(memberId, out var session))
        {
            session.Stop();
        }

        if (revocations.Remove(memberId, out var timer))
        {
            timer.Cancel();
        }

        Image = Image with
        {
            Epoch = Image.Epoch + 1,
            Members = Image.Members.Remove(memberId),
            Targets = Image.Targets.Remove(memberId),
        };
    }
}
