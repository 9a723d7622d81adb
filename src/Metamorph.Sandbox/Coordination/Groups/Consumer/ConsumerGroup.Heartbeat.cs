using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Members join, stay and leave, all by heartbeats.</summary>
internal sealed partial class ConsumerGroup
{
    /// <summary>The topics as the target assignment was made for; partitions may have come since.</summary>
    private string topicsSeen = "";
    private long topicsSeenAt = -1;

    public void Heartbeat(ConsumerGroupHeartbeatRequest request, Call<ConsumerGroupHeartbeatResponse> call)
    {
        if (request.MemberEpoch < 0)
        {
            Leave(request, call);
            return;
        }

        var before = Image;
        var (error, member) = request.MemberEpoch == 0 ? Join(request, call) : Judge(request);
        if (member is null)
        {
            call.Answer(new ConsumerGroupHeartbeatResponse { ErrorCode = error });
            return;
        }

        Subscribe(member, request);
        AssignWhereNeeded();
        Reconcile(member.Id, OwnedBy(request));
        Renew(member.Id);
        Tell(request, call, before);
    }

    private (ErrorCode Error, ConsumerMember? Member) Join(
        ConsumerGroupHeartbeatRequest request, Call<ConsumerGroupHeartbeatResponse> call)
    {
        var id = request.MemberId.Length > 0 ? request.MemberId : Shard.World.Entropy.NextGuid().ToString("D");
        var fresh = new ConsumerMember
        {
            Id = id,
            InstanceId = request.InstanceId,
            ClientId = call.ClientId ?? "",
            ClientHost = "/" + call.Connection.ClientHost,
        };
        if (request.InstanceId is { } instance && FindInstance(instance) is { } old && old.Id != id)
        {
            return old.Epoch == ConsumerMember.LeftForAWhile
                ? (ErrorCode.None, TakePlace(old, fresh))
                : (ErrorCode.UnreleasedInstanceId, null);
        }

        if (!Image.Members.ContainsKey(id) && Image.Members.Count >= Shard.Settings.MaxGroupSize)
        {
            return (ErrorCode.GroupMaxSizeReached, null);
        }

        // A member that joins again under its id has lost what it had.
        var known = Image.Members.GetValueOrDefault(id, fresh);
        return (ErrorCode.None, known with { Epoch = 0, PreviousEpoch = -1 });
    }

    /// <summary>A static member that had left for a while is back with another id, and has what it had.</summary>
    private ConsumerMember TakePlace(ConsumerMember old, ConsumerMember fresh)
    {
        var member = old with
        {
            Id = fresh.Id,
            ClientId = fresh.ClientId,
            ClientHost = fresh.ClientHost,
            Epoch = 0,
            PreviousEpoch = -1,
        };
        var (epoch, target) = (Image.Epoch, Image.TargetOf(old.Id));
        Remove(old.Id);
        Image = Image with
        {
            Epoch = epoch,
            Members = Image.Members.SetItem(member.Id, member),
            Targets = Image.Targets.SetItem(member.Id, target),
        };
        return member;
    }

    /// <summary>
    /// A member may be one epoch behind, if it did not hear the last answer: then it has nothing that it should not.
    /// </summary>
    private (ErrorCode Error, ConsumerMember? Member) Judge(ConsumerGroupHeartbeatRequest request)
    {
        if (request.InstanceId is { } instance)
        {
            if (FindInstance(instance) is not { } owner)
            {
                return (ErrorCode.UnknownMemberId, null);
            }

            if (owner.Id != request.MemberId)
            {
                return (ErrorCode.FencedInstanceId, null);
            }
        }

        if (!Image.Members.TryGetValue(request.MemberId, out var member))
        {
            return (ErrorCode.UnknownMemberId, null);
        }

        var owned = OwnedBy(request);
        var missedOne = request.MemberEpoch == member.PreviousEpoch
            && (owned is null || member.Assigned.IsSupersetOf(owned));
        return request.MemberEpoch == member.Epoch || missedOne
            ? (ErrorCode.None, member)
            : (ErrorCode.FencedMemberEpoch, null);
    }

    private ConsumerMember? FindInstance(string instance) =>
        Image.Members.Values.FirstOrDefault(member => member.InstanceId == instance);

    /// <summary>Takes over what a request says anew; what it leaves out is as before.</summary>
    private void Subscribe(ConsumerMember member, ConsumerGroupHeartbeatRequest request)
    {
        var next = member with
        {
            RackId = request.RackId ?? member.RackId,
            RebalanceTimeout = request.RebalanceTimeoutMs < 0
                ? member.RebalanceTimeout
                : TimeSpan.FromMilliseconds(request.RebalanceTimeoutMs),
            Topics = request.SubscribedTopicNames is { } names && !member.Topics.SetEquals(names)
                ? names.ToImmutableSortedSet(StringComparer.Ordinal)
                : member.Topics,
            Regex = request.SubscribedTopicRegex ?? member.Regex,
            Assignor = request.ServerAssignor ?? member.Assignor,
        };
        var isNew = !Image.Members.TryGetValue(member.Id, out var known);
        var wantsOther = isNew || known!.Topics != next.Topics || known.Regex != next.Regex
            || known.Assignor != next.Assignor;
        if (isNew || next != known)
        {
            Image = Image with { Members = Image.Members.SetItem(next.Id, next) };
        }

        if (HaveTopicsChanged(wantsOther) || wantsOther)
        {
            Image = Image with { Epoch = Image.Epoch + 1 };
        }
    }

    private bool HaveTopicsChanged(bool mustLook)
    {
        if (!mustLook && topicsSeenAt == Shard.Life.Applied)
        {
            return false;
        }

        var seen = string.Join(';', Image.Members.Values
            .SelectMany(TopicsOf)
            .Distinct()
            .OrderBy(topic => topic.Name, StringComparer.Ordinal)
            .Select(topic => string.Create(null, $"{topic.Id}:{topic.Partitions.Count}")));
        var isFirstLook = topicsSeenAt < 0;
        var haveChanged = seen != topicsSeen;
        (topicsSeen, topicsSeenAt) = (seen, Shard.Life.Applied);

        // A coordinator that has just read the group from the log asks the target what was seen.
        return isFirstLook ? !TargetCovers() : haveChanged;
    }

    private bool TargetCovers()
    {
        var wanted = Image.Members.Values.SelectMany(TopicsOf).Distinct().Sum(topic => topic.Partitions.Count);
        return wanted == Image.Targets.Values.Sum(target => target.Count);
    }

    private void AssignWhereNeeded()
    {
        if (Image.Epoch == Image.AssignmentEpoch)
        {
            return;
        }

        var assignor = Image.Members.Values
            .Select(member => member.Assignor)
            .OfType<string>()
            .GroupBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(votes => votes.Count())
            .FirstOrDefault()?.Key ?? ServerAssignors.Uniform;
        var wants = Image.Members.ToImmutableSortedDictionary(
            member => member.Key, member => TopicsOf(member.Value), StringComparer.Ordinal);
        Image = Image with
        {
            AssignmentEpoch = Image.Epoch,
            Assignor = assignor,
            Targets = ServerAssignors.Assign(assignor, wants, Image.Targets),
        };
    }

    private void Reconcile(string memberId, IReadOnlySet<AssignedPartition>? owned)
    {
        var step = new Reconciliation(
            Image.TargetOf(memberId),
            Image.AssignmentEpoch,
            owned,
            partition => Image.Members.Values.Any(other => other.Id != memberId && other.HasOrHolds(partition)));
        var next = step.Next(Image.Members[memberId]);
        if (next != Image.Members[memberId])
        {
            Image = Image with { Members = Image.Members.SetItem(memberId, next) };
        }

        WatchRevocation(next);
    }

    private static HashSet<AssignedPartition>? OwnedBy(ConsumerGroupHeartbeatRequest request) =>
        request.TopicPartitions is null
        ? null
        : [.. request.TopicPartitions
            .SelectMany(topic => topic.Partitions.Select(index => new AssignedPartition(topic.TopicId, index)))];

    private void Leave(ConsumerGroupHeartbeatRequest request, Call<ConsumerGroupHeartbeatResponse> call)
    {
        if (!Image.Members.TryGetValue(request.MemberId, out var member))
        {
            call.Answer(new ConsumerGroupHeartbeatResponse { ErrorCode = ErrorCode.UnknownMemberId });
            return;
        }

        if (request.MemberEpoch == ConsumerMember.LeftForAWhile)
        {
            if (member.InstanceId != request.InstanceId)
            {
                call.Answer(new ConsumerGroupHeartbeatResponse { ErrorCode = ErrorCode.UnknownMemberId });
                return;
            }

            var left = member with
            {
                Epoch = ConsumerMember.LeftForAWhile,
                State = ConsumerMemberState.Stable,
                Revoking = [],
            };
            Image = Image with { Members = Image.Members.SetItem(left.Id, left) };
            WatchRevocation(left);
        }
        else
        {
            Remove(member.Id);
        }

        Save(error => call.Answer(new ConsumerGroupHeartbeatResponse
        {
            ErrorCode = error,
            MemberId = request.MemberId,
            MemberEpoch = error == ErrorCode.None ? request.MemberEpoch : 0,
        }));
    }

    /// <summary>
    /// The assignment goes with the answer when it has changed, when the member joins, and when it says all that it can
    /// say: then it wants to hear all too.
    /// </summary>
    private void Tell(
        ConsumerGroupHeartbeatRequest request, Call<ConsumerGroupHeartbeatResponse> call, ConsumerGroupImage before)
    {
        var memberId = request.MemberId.Length > 0
            ? request.MemberId
            : Image.Members.Keys.First(id => !before.Members.ContainsKey(id));
        var member = Image.Members[memberId];
        var isFull = request.RebalanceTimeoutMs != -1
            && (request.SubscribedTopicNames ?? (object?)request.SubscribedTopicRegex) is not null
            && request.TopicPartitions is not null;
        var hasChanged = !before.Members.TryGetValue(memberId, out var was) || !was.Assigned.SetEquals(member.Assigned);
        var answer = new ConsumerGroupHeartbeatResponse
        {
            MemberId = memberId,
            MemberEpoch = member.Epoch,
            HeartbeatIntervalMs = (int)Shard.Settings.ConsumerHeartbeatOf(Id).TotalMilliseconds,
            Assignment = request.MemberEpoch == 0 || isFull || hasChanged
                ? new() { TopicPartitions = [.. Listed(member.Assigned)] }
                : null,
        };
        if (before == Image)
        {
            call.Answer(answer);
        }
        else
        {
            Save(error => call.Answer(
                error == ErrorCode.None ? answer : new ConsumerGroupHeartbeatResponse { ErrorCode = error }));
        }
    }

    private static IEnumerable<ConsumerGroupHeartbeatResponse.AssignedTopic> Listed(
        ImmutableSortedSet<AssignedPartition> partitions) =>
        partitions.GroupBy(partition => partition.Topic)
            .Select(topic => new ConsumerGroupHeartbeatResponse.AssignedTopic
        {
            TopicId = topic.Key,
            Partitions = [.. topic.Select(partition => partition.Index)],
        });
}
