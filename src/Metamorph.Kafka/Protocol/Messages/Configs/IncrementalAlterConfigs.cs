namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Sets, clears or extends single configuration keys, and leaves the rest alone. KIP-339; API key 44.
/// </summary>
/// <remarks>
/// Needs ALTER_CONFIGS on CLUSTER for brokers, on the topic or group otherwise. Changes for a broker are passed on to
/// the controller.
/// </remarks>
[KafkaMessage(ApiKey.IncrementalAlterConfigs, MessageKind.Request, Versions = "0-1", Flexible = "1+")]
public sealed partial class IncrementalAlterConfigsRequest
    : IKafkaRequest<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>
{
    [Field("0+")]
    public Resource[] Resources { get; init; } = [];

    /// <summary>Judge the request and change nothing.</summary>
    [Field("0+")]
    public bool ValidateOnly { get; init; }

    public sealed partial class Resource
    {
        /// <summary>2 topic, 4 broker, 8 broker logger, 16 client metrics, 32 group.</summary>
        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("0+")]
        public Config[] Configs { get; init; } = [];
    }

    public sealed partial class Config
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        /// <summary>0 set, 1 delete, 2 append to a list, 3 subtract from a list.</summary>
        [Field("0+")]
        public sbyte ConfigOperation { get; init; }

        /// <summary>Null to delete.</summary>
        [Field("0+", Nullable = "0+")]
        public string? Value { get; init; } = "";
    }
}

/// <summary>
/// What became of each resource; one is changed wholly or not at all. Answers
/// <see cref="IncrementalAlterConfigsRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.InvalidConfig"/>: no such key, or a value it cannot have.
/// <see cref="ErrorCode.InvalidRequest"/>: a key twice, or an operation it has not.
/// <see cref="ErrorCode.PolicyViolation"/>: a policy of the cluster refused.
/// <see cref="ErrorCode.UnknownTopicOrPartition"/>, <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.TopicAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.IncrementalAlterConfigs, MessageKind.Response, Versions = "0-1", Flexible = "1+")]
public sealed partial class IncrementalAlterConfigsResponse : IKafkaResponse<IncrementalAlterConfigsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ResourceResponse[] Responses { get; init; } = [];

    public sealed partial class ResourceResponse
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";
    }
}
