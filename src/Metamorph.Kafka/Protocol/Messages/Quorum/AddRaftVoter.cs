namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Makes a controller a voter of the quorum. KIP-853; API key 80.</summary>
/// <remarks>
/// Needs ALTER on CLUSTER, and <c>kraft.version</c> 1 finalized. One voter at a time, and it must have caught up.
/// </remarks>
[KafkaMessage(ApiKey.AddRaftVoter, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class AddRaftVoterRequest : IKafkaRequest<AddRaftVoterRequest, AddRaftVoterResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? ClusterId { get; init; } = "";

    [Field("0+")]
    public int TimeoutMs { get; init; }

    [Field("0+")]
    public int VoterId { get; init; }

    [Field("0+")]
    public Guid VoterDirectoryId { get; init; }

    [Field("0+")]
    public Listener[] Listeners { get; init; } = [];

    [Field("1+")]
    public bool AckWhenCommitted { get; init; } = true;

    public sealed partial class Listener
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public ushort Port { get; init; }
    }
}

/// <summary>Answers <see cref="AddRaftVoterRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.DuplicateVoter"/>: it is one already. <see cref="ErrorCode.UnsupportedVersion"/>:
/// <c>kraft.version</c> is 0. <see cref="ErrorCode.RequestTimedOut"/>: another change is going on, or it did not
/// catch up in time. <see cref="ErrorCode.InvalidRequest"/>, <see cref="ErrorCode.InconsistentClusterId"/>.
/// </remarks>
[KafkaMessage(ApiKey.AddRaftVoter, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class AddRaftVoterResponse : IKafkaResponse<AddRaftVoterResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+", Ignorable = true)]
    public string? ErrorMessage { get; init; } = "";
}
