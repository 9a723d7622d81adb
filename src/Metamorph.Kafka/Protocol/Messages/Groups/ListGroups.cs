namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ListGroups, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class ListGroupsRequest : IKafkaRequest<ListGroupsRequest, ListGroupsResponse>
{
    [Field("4+")]
    public string[] StatesFilter { get; init; } = [];

    [Field("5+")]
    public string[] TypesFilter { get; init; } = [];
}

[KafkaMessage(ApiKey.ListGroups, MessageKind.Response, Versions = "0-5", Flexible = "3+")]
public sealed partial class ListGroupsResponse : IKafkaResponse<ListGroupsResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public Group[] Groups { get; init; } = [];

    public sealed partial class Group
    {
        [Field("0+")]
        public string GroupId { get; init; } = "";

        [Field("0+")]
        public string ProtocolType { get; init; } = "";

        [Field("4+", Ignorable = true)]
        public string GroupState { get; init; } = "";

        [Field("5+", Ignorable = true)]
        public string GroupType { get; init; } = "";
    }
}
