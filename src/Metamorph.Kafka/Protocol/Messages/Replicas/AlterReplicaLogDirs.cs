namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Moves replicas between log dirs of one broker. KIP-113; API key 34.</summary>
/// <remarks>Needs ALTER on CLUSTER.</remarks>
[KafkaMessage(ApiKey.AlterReplicaLogDirs, MessageKind.Request, Versions = "1-2", Flexible = "2+")]
public sealed partial class AlterReplicaLogDirsRequest
    : IKafkaRequest<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse>
{
    [Field("0+")]
    public LogDir[] Dirs { get; init; } = [];

    public sealed partial class LogDir
    {
        [Field("0+")]
        public string Path { get; init; } = "";

        [Field("0+")]
        public Topic[] Topics { get; init; } = [];
    }

    public sealed partial class Topic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int[] Partitions { get; init; } = [];
    }
}

/// <summary>Which moves started. Answers <see cref="AlterReplicaLogDirsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.LogDirNotFound"/>, <see cref="ErrorCode.KafkaStorageError"/>,
/// <see cref="ErrorCode.ReplicaNotAvailable"/>: the broker has no replica yet, and will make it in that log dir.
/// </remarks>
[KafkaMessage(ApiKey.AlterReplicaLogDirs, MessageKind.Response, Versions = "1-2", Flexible = "2+")]
public sealed partial class AlterReplicaLogDirsResponse : IKafkaResponse<AlterReplicaLogDirsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public TopicResult[] Results { get; init; } = [];

    public sealed partial class TopicResult
    {
        [Field("0+")]
        public string TopicName { get; init; } = "";

        [Field("0+")]
        public PartitionResult[] Partitions { get; init; } = [];
    }

    public sealed partial class PartitionResult
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }
    }
}
