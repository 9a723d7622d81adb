namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks which partitions are moving. KIP-455; API key 46.</summary>
/// <remarks>Needs DESCRIBE on CLUSTER.</remarks>
[KafkaMessage(ApiKey.ListPartitionReassignments, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class ListPartitionReassignmentsRequest
    : IKafkaRequest<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int TimeoutMs { get; init; } = 60000;

    /// <summary>The partitions asked for; null is all.</summary>
    [Field("0+", Nullable = "0+")]
    public Topic[]? Topics { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int[] PartitionIndexes { get; init; } = [];
    }
}

/// <summary>
/// The moves going on; a partition that is not moving is left out. Answers
/// <see cref="ListPartitionReassignmentsRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.NotController"/>, <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.RequestTimedOut"/>; all at the top.
/// </remarks>
[KafkaMessage(ApiKey.ListPartitionReassignments, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class ListPartitionReassignmentsResponse : IKafkaResponse<ListPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public TopicReassignment[] Topics { get; init; } = [];

    public sealed partial class TopicReassignment
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionReassignment[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionReassignment
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        /// <summary>All replicas for now: those that stay, those that come and those that go.</summary>
        [Field("0+")]
        public int[] Replicas { get; init; } = [];

        /// <summary>Those that come, and are not in sync yet.</summary>
        [Field("0+")]
        public int[] AddingReplicas { get; init; } = [];

        /// <summary>Those that go once all others are in sync.</summary>
        [Field("0+")]
        public int[] RemovingReplicas { get; init; } = [];
    }
}
