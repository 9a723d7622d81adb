using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests;

/// <summary>What members of classic groups say.</summary>
internal static class ClassicWords
{
    public static JoinGroupRequest Join(
        string group, string member = "", string? instance = null, byte metadata = 1, int sessionMs = 10_000) => new()
    {
        GroupId = group,
        MemberId = member,
        GroupInstanceId = instance,
        SessionTimeoutMs = sessionMs,
        RebalanceTimeoutMs = 60_000,
        ProtocolType = "consumer",
        Protocols = [new() { Name = "range", Metadata = new[] { metadata } }],
    };

    public static SyncGroupRequest Sync(string group, JoinGroupResponse joined, string? instance = null,
        params (string Member, byte Share)[] shares) => new()
    {
        GroupId = group,
        MemberId = joined.MemberId,
        GroupInstanceId = instance,
        GenerationId = joined.GenerationId,
        Assignments =
        [
            .. shares.Select(share => new SyncGroupRequest.MemberAssignment
            {
                MemberId = share.Member,
                Assignment = new[] { share.Share },
            }),
        ],
    };

    public static HeartbeatRequest Beat(string group, JoinGroupResponse joined) =>
        new() { GroupId = group, MemberId = joined.MemberId, GenerationId = joined.GenerationId };

    public static OffsetCommitRequest Commit(
        string group, string topic, long offset, string member = "", int generation = -1) => new()
    {
        GroupId = group,
        MemberId = member,
        GenerationIdOrMemberEpoch = generation,
        Topics = [new()
        {
            Name = topic,
            Partitions = [new() { PartitionIndex = 0, CommittedOffset = offset, CommittedMetadata = "why" }],
        }],
    };

    public static ErrorCode ErrorOf(OffsetCommitResponse answer) => answer.Topics[0].Partitions[0].ErrorCode;

    public static (long Offset, ErrorCode Error) Committed(
        this Guest guest, string group, string topic, bool stable = false)
    {
        var answer = guest.Ask(
            new OffsetFetchRequest
            {
                Groups = [new() { GroupId = group, Topics = [new() { Name = topic, PartitionIndexes = [0] }] }],
                RequireStable = stable,
            },
            8);
        var found = answer.Groups[0];
        return found.ErrorCode != ErrorCode.None
            ? (-1, found.ErrorCode)
            : (found.Topics[0].Partitions[0].CommittedOffset, found.Topics[0].Partitions[0].ErrorCode);
    }

    /// <summary>A member of a group with nobody else in it, in its first generation.</summary>
    public static JoinGroupResponse Alone(this Guest guest, string group, int sessionMs = 10_000)
    {
        var required = guest.Ask(Join(group, sessionMs: sessionMs), 5);
        Assert.Equal(ErrorCode.MemberIdRequired, required.ErrorCode);
        var joined = guest.Ask(Join(group, required.MemberId, sessionMs: sessionMs), 5);
        Assert.Equal(ErrorCode.None, joined.ErrorCode);
        Assert.Equal(ErrorCode.None, guest.Ask(Sync(group, joined, null, (joined.MemberId, 7)), 3).ErrorCode);
        return joined;
    }
}
