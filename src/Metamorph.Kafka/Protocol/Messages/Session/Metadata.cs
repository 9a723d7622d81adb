namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks who the brokers are and where the partitions of topics are. API key 3.</summary>
/// <remarks>
/// Needs DESCRIBE on each topic; topics that may not be described are left out when all are asked for. CREATE is
/// needed where <see cref="AllowAutoTopicCreation"/> makes a topic. From 10 on topics have ids (KIP-516), from 12 on
/// they can be asked for by id alone.
/// </remarks>
[KafkaMessage(ApiKey.Metadata, MessageKind.Request, Versions = "0-13", Flexible = "9+")]
public sealed partial class MetadataRequest : IKafkaRequest<MetadataRequest, MetadataResponse>
{
    /// <summary>The topics asked for; <c>null</c> is all, and empty is none. In version 0 empty is all.</summary>
    [Field("0+", Nullable = "1+")]
    public Topic[]? Topics { get; init; } = [];

    /// <summary>Whether asking for an unknown topic may create it. An observer must say no.</summary>
    [Field("4+")]
    public bool AllowAutoTopicCreation { get; init; } = true;

    [Field("8-10")]
    public bool IncludeClusterAuthorizedOperations { get; init; }

    [Field("8+")]
    public bool IncludeTopicAuthorizedOperations { get; init; }

    public sealed partial class Topic
    {
        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        /// <summary>Null when the topic is asked for by its id.</summary>
        [Field("0+", Nullable = "10+")]
        public string? Name { get; init; } = "";
    }
}

/// <summary>
/// The unfenced brokers, and each partition with its leader, replicas and in-sync replicas. Answers
/// <see cref="MetadataRequest"/>.
/// </summary>
/// <remarks>
/// It is one broker's view, and may be behind. Topics: <see cref="ErrorCode.UnknownTopicOrPartition"/> (also when it
/// may not be described), <see cref="ErrorCode.UnknownTopicId"/>, <see cref="ErrorCode.InvalidTopicException"/>,
/// <see cref="ErrorCode.TopicAuthorizationFailed"/>. Partitions: <see cref="ErrorCode.LeaderNotAvailable"/> when the
/// leader is gone (<see cref="Partition.LeaderId"/> is -1), <see cref="ErrorCode.ListenerNotFound"/> when the leader
/// has no listener of the asker's kind.
/// </remarks>
[KafkaMessage(ApiKey.Metadata, MessageKind.Response, Versions = "0-13", Flexible = "9+")]
public sealed partial class MetadataResponse : IKafkaResponse<MetadataResponse>
{
    [Field("3+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    /// <summary>The brokers that are alive and unfenced, at the addresses of the listener that was asked.</summary>
    [Field("0+")]
    public Broker[] Brokers { get; init; } = [];

    [Field("2+", Nullable = "2+", Ignorable = true)]
    public string? ClusterId { get; init; }

    /// <summary>
    /// A broker that passes requests on to the controller. With KRaft it is any live broker, and not the active
    /// controller; -1 when there is none.
    /// </summary>
    [Field("1+", Ignorable = true)]
    public int ControllerId { get; init; } = -1;

    [Field("0+")]
    public Topic[] Topics { get; init; } = [];

    /// <summary>
    /// What the asker may do to the cluster, a bit for each operation; <see cref="int.MinValue"/> when it was not
    /// asked.
    /// </summary>
    [Field("8-10")]
    public int ClusterAuthorizedOperations { get; init; } = int.MinValue;

    [Field("13+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    public sealed partial class Broker
    {
        [Field("0+")]
        public int NodeId { get; init; }

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public int Port { get; init; }

        [Field("1+", Nullable = "1+", Ignorable = true)]
        public string? Rack { get; init; }
    }

    public sealed partial class Topic
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        /// <summary>Null when a topic was asked for by an id that nobody knows.</summary>
        [Field("0+", Nullable = "12+")]
        public string? Name { get; init; } = "";

        [Field("10+", Ignorable = true)]
        public Guid TopicId { get; init; }

        [Field("1+", Ignorable = true)]
        public bool IsInternal { get; init; }

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];

        /// <summary>
        /// What the asker may do to the topic, a bit for each operation; <see cref="int.MinValue"/> when it was not
        /// asked.
        /// </summary>
        [Field("8+")]
        public int TopicAuthorizedOperations { get; init; } = int.MinValue;
    }

    /// <summary>
    /// A partition. A struct, because a cluster may have hundreds of thousands; equal replica lists are one array.
    /// </summary>
    public readonly partial struct Partition
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public int PartitionIndex { get; init; }

        /// <summary>The leader's node id; -1 when there is none.</summary>
        [Field("0+")]
        public int LeaderId { get; init; }

        /// <summary>Counts the changes of leader; -1 when the broker does not say.</summary>
        [Field("7+", Ignorable = true)]
        public int LeaderEpoch { get; init; } = -1;

        /// <summary>
        /// The brokers with a replica, the preferred leader first. Do not change the array: others may share it.
        /// </summary>
        [Field("0+", Interned = true)]
        public int[] ReplicaNodes { get; init; } = [];

        /// <summary>The brokers whose replicas are in sync. Do not change the array: others may share it.</summary>
        [Field("0+", Interned = true)]
        public int[] IsrNodes { get; init; } = [];

        /// <summary>The brokers whose replica is down, fenced, or in a failed log dir.</summary>
        [Field("5+", Ignorable = true, Interned = true)]
        public int[] OfflineReplicas { get; init; } = [];
    }
}
