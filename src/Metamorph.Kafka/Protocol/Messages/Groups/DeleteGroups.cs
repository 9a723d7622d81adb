namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DeleteGroups, MessageKind.Request, Versions = "0-3", Flexible = "2+")]
public sealed partial class DeleteGroupsRequest : IKafkaRequest<DeleteGroupsRequest, DeleteGroupsResponse>
{
    [Field("0+")]
    public string[] GroupsNames { get; init; } = [];
}

[KafkaMessage(ApiKey.DeleteGroups, MessageKind.Response, Versions = "0-3", Flexible = "2+")]
public sealed partial class DeleteGroupsResponse : IKafkaResponse<DeleteGroupsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public GroupResult[] Results { get; init; } = [];

    public sealed partial class GroupResult
    {
        [Field("0+")]
        public string GroupId { get; init; } = "";

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("3+", Nullable = "3+", Ignorable = true)]
        public string? ErrorMessage { get; init; }
    }
}
