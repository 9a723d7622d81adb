namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the cluster id, its brokers and its controller. KIP-700; API key 60.</summary>
/// <remarks>
/// Needs DESCRIBE on CLUSTER only for <see cref="IncludeClusterAuthorizedOperations"/>. From 1 on a controller's
/// listener answers with the controllers (KIP-919), from 2 on fenced brokers can be asked for too (KIP-1073).
/// </remarks>
[KafkaMessage(ApiKey.DescribeCluster, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class DescribeClusterRequest : IKafkaRequest<DescribeClusterRequest, DescribeClusterResponse>
{
    [Field("0+")]
    public bool IncludeClusterAuthorizedOperations { get; init; }

    /// <summary>1 for brokers, 2 for controllers; it must be the kind of node that is asked.</summary>
    [Field("1+")]
    public sbyte EndpointType { get; init; } = 1;

    [Field("2+")]
    public bool IncludeFencedBrokers { get; init; }
}

/// <summary>
/// The cluster id, and the nodes of the kind that was asked for. Answers <see cref="DescribeClusterRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.MismatchedEndpointType"/>: brokers were asked of a controller, or the reverse.
/// <see cref="ErrorCode.UnsupportedEndpointType"/>: the node does not know the kind.
/// </remarks>
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

    /// <summary>From a broker, any live broker; from a controller, the active controller. -1 when unknown.</summary>
    [Field("0+")]
    public int ControllerId { get; init; } = -1;

    [Field("0+")]
    public Broker[] Brokers { get; init; } = [];

    /// <summary>
    /// What the asker may do to the cluster, a bit for each operation; <see cref="int.MinValue"/> when it was not
    /// asked.
    /// </summary>
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
