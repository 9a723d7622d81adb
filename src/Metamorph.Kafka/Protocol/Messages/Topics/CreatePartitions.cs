namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Gives topics more partitions. KIP-195; API key 37.</summary>
/// <remarks>Needs ALTER on each topic. There is no way back, and keys map to other partitions afterwards.</remarks>
[KafkaMessage(ApiKey.CreatePartitions, MessageKind.Request, Versions = "0-3", Flexible = "2+")]
public sealed partial class CreatePartitionsRequest : IKafkaRequest<CreatePartitionsRequest, CreatePartitionsResponse>
{
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    [Field("0+")]
    public int TimeoutMs { get; init; }

    [Field("0+")]
    public bool ValidateOnly { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        /// <summary>How many partitions the topic shall have in all.</summary>
        [Field("0+")]
        public int Count { get; init; }

        [Field("0+", Nullable = "0+")]
        public Assignment[]? Assignments { get; init; } = [];
    }

    public sealed partial class Assignment
    {
        [Field("0+")]
        public int[] BrokerIds { get; init; } = [];
    }
}

/// <summary>What became of each topic. Answers <see cref="CreatePartitionsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.InvalidPartitions"/>: not more than there are.
/// <see cref="ErrorCode.InvalidReplicaAssignment"/>, <see cref="ErrorCode.ReassignmentInProgress"/>: not while
/// replicas move. <see cref="ErrorCode.ThrottlingQuotaExceeded"/>: too many changes, wait.
/// </remarks>
[KafkaMessage(ApiKey.CreatePartitions, MessageKind.Response, Versions = "0-3", Flexible = "2+")]
public sealed partial class CreatePartitionsResponse : IKafkaResponse<CreatePartitionsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResult[] Results { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; }
    }
}
