namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.SyncGroup, MessageKind.Request, Versions = "0-5", Flexible = "4+")]
public sealed partial class SyncGroupRequest : IKafkaRequest<SyncGroupRequest, SyncGroupResponse>
{
    [Field("0+")]
    public string GroupId { get; init; } = "";

    [Field("0+")]
    public int GenerationId { get; init; }

    [Field("0+")]
    public string MemberId { get; init; } = "";

    [Field("3+", Nullable = "3+")]
    public string? GroupInstanceId { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolType { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolName { get; init; }

    [Field("0+")]
    public RequestAssignment[] Assignments { get; init; } = [];

    public sealed partial class RequestAssignment
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("0+")]
        public ReadOnlyMemory<byte> Assignment { get; init; }
    }
}

[KafkaMessage(ApiKey.SyncGroup, MessageKind.Response, Versions = "0-5", Flexible = "4+")]
public sealed partial class SyncGroupResponse : IKafkaResponse<SyncGroupResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolType { get; init; }

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ProtocolName { get; init; }

    [Field("0+")]
    public ReadOnlyMemory<byte> Assignment { get; init; }
}
