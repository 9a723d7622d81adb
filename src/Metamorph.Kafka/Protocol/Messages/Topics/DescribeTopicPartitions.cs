namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Asks for topics a page at a time, with the replicas that may still become leader. KIP-966; API key 75.
/// </summary>
/// <remarks>Needs DESCRIBE on each topic. Brokers from 3.8 on answer it.</remarks>
[KafkaMessage(ApiKey.DescribeTopicPartitions, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeTopicPartitionsRequest
    : IKafkaRequest<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>
{
    /// <summary>The topics, in any order; none is all. The answer is in the order of their names.</summary>
    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    /// <summary>How many partitions a page may have; the broker has a limit of its own.</summary>
    [Field("0+")]
    public int ResponsePartitionLimit { get; init; } = 2000;

    /// <summary>
    /// Where the page starts: the last answer's <see cref="DescribeTopicPartitionsResponse.NextCursor"/>.
    /// </summary>
    [Field("0+", Nullable = "0+")]
    public PageCursor? Cursor { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";
    }

    public sealed partial class PageCursor
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}

/// <summary>One page of topics. Answers <see cref="DescribeTopicPartitionsRequest"/>.</summary>
/// <remarks>
/// Errors are those of <see cref="MetadataResponse"/>: <see cref="ErrorCode.UnknownTopicOrPartition"/>,
/// <see cref="ErrorCode.TopicAuthorizationFailed"/>, <see cref="ErrorCode.LeaderNotAvailable"/>.
/// </remarks>
[KafkaMessage(ApiKey.DescribeTopicPartitions, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeTopicPartitionsResponse : IKafkaResponse<DescribeTopicPartitionsResponse>
{
    [Field("0+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    /// <summary>Where the next page starts; null on the last one.</summary>
    [Field("0+", Nullable = "0+")]
    public PageCursor? NextCursor { get; init; }

    public sealed partial class Topic
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? Name { get; init; } = "";

        [Field("0+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("0+", Ignorable = true)]
        public bool IsInternal { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];

        [Field("0+")]
        public int TopicAuthorizedOperations { get; init; } = int.MinValue;
    }

    /// <summary>
    /// A partition. A struct, because there may be hundreds of thousands; equal replica lists are one array.
    /// </summary>
    public readonly partial struct Partition
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public int LeaderId { get; init; }

        [Field("0+", Ignorable = true)]
        public int LeaderEpoch { get; init; } = -1;

        [Field("0+", Interned = true)]
        public int[] ReplicaNodes { get; init; } = [];

        [Field("0+", Interned = true)]
        public int[] IsrNodes { get; init; } = [];

        /// <summary>
        /// Replicas out of sync that still have everything committed, so that they may lead without loss; null when
        /// unknown.
        /// </summary>
        [Field("0+", Nullable = "0+")]
        public int[]? EligibleLeaderReplicas { get; init; }

        /// <summary>The last in-sync replicas before there were none; null when unknown.</summary>
        [Field("0+", Nullable = "0+")]
        public int[]? LastKnownElr { get; init; }

        [Field("0+", Ignorable = true, Interned = true)]
        public int[] OfflineReplicas { get; init; } = [];
    }

    public sealed partial class PageCursor
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public int PartitionIndex { get; init; }
    }
}
