namespace Metamorph.Kafka.Protocol.Messages;

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
