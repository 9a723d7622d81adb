namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DescribeLogDirs, MessageKind.Request, Versions = "1-5", Flexible = "2+")]
public sealed partial class DescribeLogDirsRequest : IKafkaRequest<DescribeLogDirsRequest, DescribeLogDirsResponse>
{
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

[KafkaMessage(ApiKey.DescribeLogDirs, MessageKind.Response, Versions = "1-5", Flexible = "2+")]
public sealed partial class DescribeLogDirsResponse : IKafkaResponse<DescribeLogDirsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("3+", Ignorable = true)]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public DirResult[] Results { get; init; } = [];

    public sealed partial class DirResult
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+")]
        public string LogDir { get; init; } = "";

        [Field("0+")]
        public Topic[] Topics { get; init; } = [];

        [Field("4+", Ignorable = true)]
        public long TotalBytes { get; init; } = -1;

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

    public readonly partial struct Partition
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public long PartitionSize { get; init; }

        [Field("0+")]
        public long OffsetLag { get; init; }

        [Field("0+")]
        public bool IsFutureKey { get; init; }
    }
}
