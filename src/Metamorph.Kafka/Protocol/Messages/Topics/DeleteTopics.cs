namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Deletes topics and all their records. KIP-4; API key 20.</summary>
/// <remarks>Needs DELETE on each topic. Not undoable. From 6 on topics can be named by id.</remarks>
[KafkaMessage(ApiKey.DeleteTopics, MessageKind.Request, Versions = "1-6", Flexible = "4+")]
public sealed partial class DeleteTopicsRequest : IKafkaRequest<DeleteTopicsRequest, DeleteTopicsResponse>
{
    [Field("6+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0-5", Ignorable = true)]
    public string[] TopicNames { get; init; } = [];

    [Field("0+")]
    public int TimeoutMs { get; init; }

    public sealed partial class Topic
    {
        [Field("6+", Nullable = "6+")]
        public string? Name { get; init; }

        [Field("6+")]
        public Guid TopicId { get; init; }
    }
}

/// <summary>What became of each topic. Answers <see cref="DeleteTopicsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.TopicDeletionDisabled"/>: the cluster has <c>delete.topic.enable=false</c>.
/// <see cref="ErrorCode.UnknownTopicOrPartition"/>, <see cref="ErrorCode.UnknownTopicId"/>: there is none.
/// <see cref="ErrorCode.InvalidRequest"/>: named by both name and id.
/// <see cref="ErrorCode.TopicAuthorizationFailed"/>. <see cref="ErrorCode.ThrottlingQuotaExceeded"/>: too many
/// changes, wait.
/// </remarks>
[KafkaMessage(ApiKey.DeleteTopics, MessageKind.Response, Versions = "1-6", Flexible = "4+")]
public sealed partial class DeleteTopicsResponse : IKafkaResponse<DeleteTopicsResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResult[] Responses { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+", Nullable = "6+")]
        public string? Name { get; init; } = "";

        [Field("6+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("5+", Nullable = "5+", Ignorable = true)]
        public string? ErrorMessage { get; init; }
    }
}
