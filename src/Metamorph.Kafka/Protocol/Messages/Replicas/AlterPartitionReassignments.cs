namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Moves replicas of partitions to other brokers, or cancels that. KIP-455; API key 45.</summary>
/// <remarks>
/// Needs ALTER on CLUSTER. Brokers pass it on to the controller. It only starts the moves:
/// <see cref="ListPartitionReassignmentsRequest"/> tells when they are done. A new target for a partition that is
/// moving replaces the old one.
/// </remarks>
[KafkaMessage(ApiKey.AlterPartitionReassignments, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class AlterPartitionReassignmentsRequest
    : IKafkaRequest<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int TimeoutMs { get; init; } = 60000;

    /// <summary>
    /// Whether a target may have another number of replicas than now (KIP-860). Before version 1 it always may.
    /// </summary>
    [Field("1+")]
    public bool AllowReplicationFactorChange { get; init; } = true;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    public sealed partial class Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        /// <summary>
        /// The brokers that shall have the partition, the preferred leader first; null cancels the move.
        /// </summary>
        [Field("0+", Nullable = "0+")]
        public int[]? Replicas { get; init; }
    }
}

/// <summary>Which moves started. Answers <see cref="AlterPartitionReassignmentsRequest"/>.</summary>
/// <remarks>
/// At the top: <see cref="ErrorCode.NotController"/>, <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.RequestTimedOut"/>: it may have started all the same. For a partition:
/// <see cref="ErrorCode.UnknownTopicOrPartition"/>, <see cref="ErrorCode.InvalidReplicaAssignment"/>: a target is
/// twice there, negative, or not registered. <see cref="ErrorCode.NoReassignmentInProgress"/>: nothing to cancel.
/// <see cref="ErrorCode.InvalidReplicationFactor"/>: the number of replicas may not change.
/// </remarks>
[KafkaMessage(ApiKey.AlterPartitionReassignments, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class AlterPartitionReassignmentsResponse : IKafkaResponse<AlterPartitionReassignmentsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("1+", Ignorable = true)]
    public bool AllowReplicationFactorChange { get; init; } = true;

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public TopicResponse[] Responses { get; init; } = [];

    public sealed partial class TopicResponse
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public PartitionResponse[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionResponse
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";
    }
}
