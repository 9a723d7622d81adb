namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks a broker which groups it coordinates. API key 16.</summary>
/// <remarks>
/// Needs DESCRIBE on CLUSTER, or else shows the groups one may describe. Every broker must be asked. From 4 on by
/// state (KIP-518), from 5 on by type (KIP-848).
/// </remarks>
[KafkaMessage(ApiKey.ListGroups, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class ListGroupsRequest : IKafkaRequest<ListGroupsRequest, ListGroupsResponse>
{
    [Field("4+")]
    public string[] StatesFilter { get; init; } = [];

    [Field("5+")]
    public string[] TypesFilter { get; init; } = [];
}

/// <summary>The groups this broker coordinates. Answers <see cref="ListGroupsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.CoordinatorLoadInProgress"/>, <see cref="ErrorCode.CoordinatorNotAvailable"/>: the list would
/// be short; ask again.
/// </remarks>
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
