namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Gives partitions back to their preferred leaders, or lets a replica that is not in sync lead. KIP-183, KIP-460;
/// API key 43.
/// </summary>
/// <remarks>Needs ALTER on CLUSTER. Version 0 knows preferred elections alone.</remarks>
[KafkaMessage(ApiKey.ElectLeaders, MessageKind.Request, Versions = "0-2", Flexible = "2+")]
public sealed partial class ElectLeadersRequest : IKafkaRequest<ElectLeadersRequest, ElectLeadersResponse>
{
    /// <summary>0 preferred; 1 unclean, which loses every record that the new leader lacks.</summary>
    [Field("1+")]
    public sbyte ElectionType { get; init; }

    /// <summary>The partitions; null is all.</summary>
    [Field("0+", Nullable = "0+")]
    public ElectionTopic[]? TopicPartitions { get; init; } = [];

    [Field("0+")]
    public int TimeoutMs { get; init; } = 60000;

    public sealed partial class ElectionTopic
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}

/// <summary>What became of each election. Answers <see cref="ElectLeadersRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.ElectionNotNeeded"/>: the preferred leader leads already, which is no failure.
/// <see cref="ErrorCode.PreferredLeaderNotAvailable"/>: it is down or not in sync.
/// <see cref="ErrorCode.EligibleLeadersNotAvailable"/>: no replica could lead.
/// <see cref="ErrorCode.UnknownTopicOrPartition"/>. At the top, from 1 on:
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>, <see cref="ErrorCode.NotController"/>.
/// </remarks>
[KafkaMessage(ApiKey.ElectLeaders, MessageKind.Response, Versions = "0-2", Flexible = "2+")]
public sealed partial class ElectLeadersResponse : IKafkaResponse<ElectLeadersResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("1+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public TopicResult[] ReplicaElectionResults { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public PartitionResult[] PartitionResult { get; init; } = [];
    }

    public sealed partial class PartitionResult
    {
        [Field("0+")]
        public int PartitionId { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";
    }
}
