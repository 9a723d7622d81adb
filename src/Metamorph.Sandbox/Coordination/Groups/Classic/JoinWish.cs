using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>A request to join a classic group, and the way to answer it.</summary>
internal sealed record JoinWish(JoinGroupRequest Request, Call<JoinGroupResponse> Call)
{
    private const short FirstWithMemberIdRequired = 4;
    private const short FirstWithNullProtocol = 7;
    private const short FirstWithSkippedAssignment = 9;

    /// <summary>A new member has to ask once more, with the id that it is given (KIP-394).</summary>
    public bool MustKnowItsId => Call.Version >= FirstWithMemberIdRequired && Request.GroupInstanceId is null;

    /// <summary>The leader may be told to leave the assignment as it is (KIP-814).</summary>
    public bool CanSkipAssignment => Call.Version >= FirstWithSkippedAssignment;

    public TimeSpan Session => TimeSpan.FromMilliseconds(Request.SessionTimeoutMs);

    /// <summary>Version 0 knows the session alone.</summary>
    public TimeSpan Rebalance => Request.RebalanceTimeoutMs < 0
        ? Session
        : TimeSpan.FromMilliseconds(Request.RebalanceTimeoutMs);

    /// <summary>What was joined with, kept beyond the request's frame.</summary>
    public IReadOnlyList<JoinProtocol> Protocols() =>
        [.. Request.Protocols.Select(protocol => new JoinProtocol(protocol.Name, protocol.Metadata.ToArray()))];

    public void Refuse(ErrorCode error, string? memberId = null) => Call.Answer(new JoinGroupResponse
    {
        ErrorCode = error,
        MemberId = memberId ?? Request.MemberId,
        ProtocolName = Call.Version >= FirstWithNullProtocol ? null : "",
    });
}

/// <summary>One way to share partitions that a member can do, and what it says about itself in it.</summary>
internal sealed record JoinProtocol(string Name, byte[] Metadata);
