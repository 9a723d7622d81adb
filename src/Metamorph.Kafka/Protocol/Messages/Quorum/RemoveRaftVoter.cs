namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Takes a voter out of the quorum. KIP-853; API key 81.</summary>
/// <remarks>
/// Needs ALTER on CLUSTER, and <c>kraft.version</c> 1 finalized. The node goes on as an observer until it is stopped.
/// </remarks>
[KafkaMessage(ApiKey.RemoveRaftVoter, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class RemoveRaftVoterRequest : IKafkaRequest<RemoveRaftVoterRequest, RemoveRaftVoterResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? ClusterId { get; init; } = "";

    [Field("0+")]
    public int VoterId { get; init; }

    [Field("0+")]
    public Guid VoterDirectoryId { get; init; }
}

/// <summary>Answers <see cref="RemoveRaftVoterRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.VoterNotFound"/>: no such voter. <see cref="ErrorCode.UnsupportedVersion"/>:
/// <c>kraft.version</c> is 0. <see cref="ErrorCode.RequestTimedOut"/>, <see cref="ErrorCode.InconsistentClusterId"/>.
/// </remarks>
[KafkaMessage(ApiKey.RemoveRaftVoter, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class RemoveRaftVoterResponse : IKafkaResponse<RemoveRaftVoterResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+", Ignorable = true)]
    public string? ErrorMessage { get; init; } = "";
}
