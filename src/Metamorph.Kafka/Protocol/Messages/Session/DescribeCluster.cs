namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DescribeCluster, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class DescribeClusterRequest : IKafkaRequest<DescribeClusterRequest, DescribeClusterResponse>
{
    [Field("0+")]
    public bool IncludeClusterAuthorizedOperations { get; init; }

    [Field("1+")]
    public sbyte EndpointType { get; init; } = 1;

    [Field("2+")]
    public bool IncludeFencedBrokers { get; init; }
}

[KafkaMessage(ApiKey.DescribeCluster, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class DescribeClusterResponse : IKafkaResponse<DescribeClusterResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; }

    [Field("1+")]
    public sbyte EndpointType { get; init; } = 1;

    [Field("0+")]
    public string ClusterId { get; init; } = "";

    [Field("0+")]
    public int ControllerId { get; init; } = -1;

    [Field("0+")]
    public Broker[] Brokers { get; init; } = [];

    [Field("0+")]
    public int ClusterAuthorizedOperations { get; init; } = int.MinValue;

    public sealed partial class Broker
    {
        [Field("0+")]
        public int BrokerId { get; init; }

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public int Port { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? Rack { get; init; }

        [Field("2+")]
        public bool IsFenced { get; init; }
    }
}
