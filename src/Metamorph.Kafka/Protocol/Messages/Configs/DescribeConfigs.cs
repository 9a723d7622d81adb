namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the configuration of brokers, topics, groups or loggers. KIP-133, KIP-226; API key 32.</summary>
/// <remarks>
/// Needs DESCRIBE_CONFIGS on CLUSTER for brokers and loggers, on the topic or group otherwise. What a broker was
/// started with is known to that broker alone, so ask itself.
/// </remarks>
[KafkaMessage(ApiKey.DescribeConfigs, MessageKind.Request, Versions = "1-4", Flexible = "4+")]
public sealed partial class DescribeConfigsRequest : IKafkaRequest<DescribeConfigsRequest, DescribeConfigsResponse>
{
    [Field("0+")]
    public Resource[] Resources { get; init; } = [];

    [Field("1+")]
    public bool IncludeSynonyms { get; init; }

    [Field("3+")]
    public bool IncludeDocumentation { get; init; }

    public sealed partial class Resource
    {
        /// <summary>2 topic, 4 broker, 8 broker logger, 16 client metrics, 32 group.</summary>
        [Field("0+")]
        public sbyte ResourceType { get; init; }

        /// <summary>The topic, the broker's node id in digits, or empty for the default of all brokers.</summary>
        [Field("0+")]
        public string ResourceName { get; init; } = "";

        /// <summary>The keys asked for; null is all.</summary>
        [Field("0+", Nullable = "0+")]
        public string[]? ConfigurationKeys { get; init; } = [];
    }
}

/// <summary>
/// The configuration of each resource, with where each value comes from. Answers
/// <see cref="DescribeConfigsRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.UnknownTopicOrPartition"/>, <see cref="ErrorCode.InvalidRequest"/>: a broker was asked for
/// another one's configuration. <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.TopicAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.DescribeConfigs, MessageKind.Response, Versions = "1-4", Flexible = "4+")]
public sealed partial class DescribeConfigsResponse : IKafkaResponse<DescribeConfigsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ResourceResult[] Results { get; init; } = [];

    public sealed partial class ResourceResult
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

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

        /// <summary>Null when it is sensitive, or not set.</summary>
        [Field("0+", Nullable = "0+")]
        public string? Value { get; init; } = "";

        [Field("0+")]
        public bool ReadOnly { get; init; }

        /// <summary>
        /// 1 topic, 2 this broker (dynamic), 3 all brokers (dynamic), 4 the broker's properties file, 5 Kafka's
        /// default, 6 logger, 7 client metrics, 8 group.
        /// </summary>
        [Field("1+", Ignorable = true)]
        public sbyte ConfigSource { get; init; } = -1;

        [Field("0+")]
        public bool IsSensitive { get; init; }

        [Field("1+", Ignorable = true)]
        public Synonym[] Synonyms { get; init; } = [];

        [Field("3+", Ignorable = true)]
        public sbyte ConfigType { get; init; }

        [Field("3+", Nullable = "0+", Ignorable = true)]
        public string? Documentation { get; init; } = "";
    }

    public sealed partial class Synonym
    {
        [Field("1+")]
        public string Name { get; init; } = "";

        [Field("1+", Nullable = "0+")]
        public string? Value { get; init; } = "";

        [Field("1+")]
        public sbyte Source { get; init; }
    }
}
