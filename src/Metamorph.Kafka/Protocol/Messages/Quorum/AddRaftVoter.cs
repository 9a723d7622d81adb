namespace Metamorph.Kafka.Protocol.Messages;

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
