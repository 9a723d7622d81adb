namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Deletes groups with all their offsets. KIP-229; API key 42.</summary>
/// <remarks>Needs DELETE on GROUP.</remarks>
[KafkaMessage(ApiKey.DeleteGroups, MessageKind.Request, Versions = "0-3", Flexible = "2+")]
public sealed partial class DeleteGroupsRequest : IKafkaRequest<DeleteGroupsRequest, DeleteGroupsResponse>
{
    [Field("0+")]
    public string[] GroupsNames { get; init; } = [];
}

/// <summary>Answers <see cref="DeleteGroupsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.NotCoordinator"/>: ask who coordinates. <see cref="ErrorCode.CoordinatorLoadInProgress"/>,
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: it is not ready yet. <see cref="ErrorCode.NonEmptyGroup"/>: it
/// has members. <see cref="ErrorCode.GroupIdNotFound"/>, <see cref="ErrorCode.GroupAuthorizationFailed"/>.
/// </remarks>
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
