namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Creates topics. KIP-4; API key 19.</summary>
/// <remarks>
/// Needs CREATE on CLUSTER or on each topic. Brokers pass it on to the controller. From 7 on the answer has topic ids
/// (KIP-516).
/// </remarks>
[KafkaMessage(ApiKey.CreateTopics, MessageKind.Request, Versions = "2-7", Flexible = "5+")]
public sealed partial class CreateTopicsRequest : IKafkaRequest<CreateTopicsRequest, CreateTopicsResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0+", Name = "timeoutMs")]
    public int TimeoutMs { get; init; } = 60000;

    /// <summary>Judge the request and change nothing.</summary>
    [Field("1+", Name = "validateOnly")]
    public bool ValidateOnly { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        /// <summary>-1 when <see cref="Assignments"/> says so, or for the cluster's default (KIP-464).</summary>
        [Field("0+")]
        public int NumPartitions { get; init; }

        /// <summary>-1 when <see cref="Assignments"/> says so, or for the cluster's default (KIP-464).</summary>
        [Field("0+")]
        public short ReplicationFactor { get; init; }

        [Field("0+")]
        public ReplicaAssignment[] Assignments { get; init; } = [];

        [Field("0+")]
        public Config[] Configs { get; init; } = [];
    }

    public sealed partial class ReplicaAssignment
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public int[] BrokerIds { get; init; } = [];
    }

    public sealed partial class Config
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public string? Value { get; init; } = "";
    }
}

/// <summary>What became of each topic. Answers <see cref="CreateTopicsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.TopicAlreadyExists"/>, <see cref="ErrorCode.InvalidTopicException"/>,
/// <see cref="ErrorCode.InvalidReplicationFactor"/>: fewer unfenced brokers than replicas.
/// <see cref="ErrorCode.InvalidReplicaAssignment"/>, <see cref="ErrorCode.InvalidConfig"/>,
/// <see cref="ErrorCode.PolicyViolation"/>: a policy of the cluster refused.
/// <see cref="ErrorCode.ThrottlingQuotaExceeded"/>: too many changes, wait for <see cref="ThrottleTimeMs"/>.
/// <see cref="ErrorCode.RequestTimedOut"/>: it may have been created all the same.
/// </remarks>
[KafkaMessage(ApiKey.CreateTopics, MessageKind.Response, Versions = "2-7", Flexible = "5+")]
public sealed partial class CreateTopicsResponse : IKafkaResponse<CreateTopicsResponse>
{
    [Field("2+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResult[] Topics { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("7+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("1+", Nullable = "0+", Ignorable = true)]
        public string? ErrorMessage { get; init; } = "";

        /// <summary>Why the configuration is left out, when the topic was created by one who may not read it.</summary>
        [Field("5+", Tag = 0, Tagged = "5+", Ignorable = true)]
        public ErrorCode TopicConfigErrorCode { get; init; }

        [Field("5+", Ignorable = true)]
        public int NumPartitions { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public short ReplicationFactor { get; init; } = -1;

        [Field("5+", Nullable = "5+", Ignorable = true)]
        public Config[]? Configs { get; init; } = [];
    }

    public sealed partial class Config
    {
        [Field("5+")]
        public string Name { get; init; } = "";

        [Field("5+", Nullable = "5+")]
        public string? Value { get; init; } = "";

        [Field("5+")]
        public bool ReadOnly { get; init; }

        /// <summary>Where the value comes from, as in <see cref="DescribeConfigsResponse"/>.</summary>
        [Field("5+", Ignorable = true)]
        public sbyte ConfigSource { get; init; } = -1;

        [Field("5+")]
        public bool IsSensitive { get; init; }
    }
}
