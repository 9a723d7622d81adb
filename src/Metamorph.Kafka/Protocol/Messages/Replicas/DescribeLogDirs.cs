namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks a broker for its log dirs and the size of every replica in them. KIP-113; API key 35.</summary>
/// <remarks>Needs DESCRIBE on CLUSTER. Each broker knows only its own.</remarks>
[KafkaMessage(ApiKey.DescribeLogDirs, MessageKind.Request, Versions = "1-5", Flexible = "2+")]
public sealed partial class DescribeLogDirsRequest : IKafkaRequest<DescribeLogDirsRequest, DescribeLogDirsResponse>
{
    /// <summary>The partitions asked for; null is all.</summary>
    [Field("0+", Nullable = "0+")]
    public RequestedTopic[]? Topics { get; init; } = [];

    public sealed partial class RequestedTopic
    {
        [Field("0+")]
        public string Topic { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}

/// <summary>A broker's log dirs. Answers <see cref="DescribeLogDirsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.KafkaStorageError"/>: the log dir has failed, and its replicas are not listed.
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>: before version 3 it shows as no log dirs at all.
/// </remarks>
[KafkaMessage(ApiKey.DescribeLogDirs, MessageKind.Response, Versions = "1-5", Flexible = "2+")]
public sealed partial class DescribeLogDirsResponse : IKafkaResponse<DescribeLogDirsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("3+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public LogDirResult[] Results { get; init; } = [];

    public sealed partial class LogDirResult
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public string LogDir { get; init; } = "";

        [Field("0+")]
        public Topic[] Topics { get; init; } = [];

        /// <summary>The size of the volume (KIP-827); -1 when the broker does not say.</summary>
        [Field("4+", Ignorable = true)]
        public long TotalBytes { get; init; } = -1;

        /// <summary>What is free on the volume; -1 when the broker does not say.</summary>
        [Field("4+", Ignorable = true)]
        public long UsableBytes { get; init; } = -1;

        [Field("5+", Ignorable = true)]
        public bool IsCordoned { get; init; }
    }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public Partition[] Partitions { get; init; } = [];
    }

    /// <summary>A replica. A struct, because a broker may have tens of thousands.</summary>
    public readonly partial struct Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        /// <summary>Its bytes on disk.</summary>
        [Field("0+")]
        public long PartitionSize { get; init; }

        /// <summary>
        /// How far it is behind: the high watermark less its end for a replica in place, the current replica's end
        /// less its own for one that is moving in.
        /// </summary>
        [Field("0+")]
        public long OffsetLag { get; init; }

        /// <summary>Whether it is a copy that will replace one in another log dir of the same broker.</summary>
        [Field("0+")]
        public bool IsFutureKey { get; init; }
    }
}
