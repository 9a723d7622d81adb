namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>A coordinator ends a transaction in the logs of its partitions. KIP-98; API key 27.</summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER, or ALTER to end a hanging transaction by hand (KIP-664).</remarks>
[KafkaMessage(ApiKey.WriteTxnMarkers, MessageKind.Request, Versions = "1-2", Flexible = "1+")]
public sealed partial class WriteTxnMarkersRequest : IKafkaRequest<WriteTxnMarkersRequest, WriteTxnMarkersResponse>
{
    [Field("0+")]
    public WritableTxnMarker[] Markers { get; init; } = [];

    public sealed partial class WritableTxnMarker
    {
        [Field("0+")]
        public long ProducerId { get; init; }

        [Field("0+")]
        public short ProducerEpoch { get; init; }

        [Field("0+")]
        public bool TransactionResult { get; init; }

        [Field("0+")]
        public WritableTxnMarkerTopic[] Topics { get; init; } = [];

        [Field("0+")]
        public int CoordinatorEpoch { get; init; }

        [Field("2+", Ignorable = true)]
        public sbyte TransactionVersion { get; init; }
    }

    public sealed partial class WritableTxnMarkerTopic
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public int[] PartitionIndexes { get; init; } = [];
    }
}

/// <summary>Answers <see cref="WriteTxnMarkersRequest"/>.</summary>
[KafkaMessage(ApiKey.WriteTxnMarkers, MessageKind.Response, Versions = "1-2", Flexible = "1+")]
public sealed partial class WriteTxnMarkersResponse : IKafkaResponse<WriteTxnMarkersResponse>
{
    [Field("0+")]
    public WritableTxnMarkerResult[] Markers { get; init; } = [];

    public sealed partial class WritableTxnMarkerResult
    {
        [Field("0+")]
        public long ProducerId { get; init; }

        [Field("0+")]
        public WritableTxnMarkerTopicResult[] Topics { get; init; } = [];
    }

    public sealed partial class WritableTxnMarkerTopicResult
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public WritableTxnMarkerPartitionResult[] Partitions { get; init; } = [];
    }

    public sealed partial class WritableTxnMarkerPartitionResult
    {
        [Field("0+")]
        public int PartitionIndex { get; init; }

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }
    }
}
