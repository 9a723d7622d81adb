namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// Asks a node which versions of which APIs it speaks: the first request on every connection. KIP-35, KIP-511; API
/// key 18.
/// </summary>
/// <remarks>
/// Needs no permission, and is answered before authentication. A node that does not know the requested version
/// answers <see cref="ErrorCode.UnsupportedVersion"/> in version 0, with the versions it does know. Versions below 4
/// leave out features whose lowest level is 0 (KAFKA-17492), so ask in 4 where the node knows it. From 5 on the asker
/// says whom it believes to speak to, and a node that is someone else answers
/// <see cref="ErrorCode.RebootstrapRequired"/> (KIP-1242).
/// </remarks>
[KafkaMessage(ApiKey.ApiVersions, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class ApiVersionsRequest : IKafkaRequest<ApiVersionsRequest, ApiVersionsResponse>
{
    /// <summary>Who asks, for the metrics of the node; letters, digits, dots and dashes.</summary>
    [Field("3+", Ignorable = true)]
    public string ClientSoftwareName { get; init; } = "";

    [Field("3+", Ignorable = true)]
    public string ClientSoftwareVersion { get; init; } = "";

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ClusterId { get; init; }

    [Field("5+", Ignorable = true)]
    public int NodeId { get; init; } = -1;
}

/// <summary>
/// What a node speaks, and which features the cluster has finalized. Answers <see cref="ApiVersionsRequest"/>.
/// </summary>
/// <remarks>
/// Its header is always version 0. <see cref="ErrorCode"/> is the only field sure to be there when a node knew
/// nothing of the requested version; such an answer must be read in version 0.
/// </remarks>
[KafkaMessage(ApiKey.ApiVersions, MessageKind.Response, Versions = "0-5", Flexible = "3+")]
public sealed partial class ApiVersionsResponse : IKafkaResponse<ApiVersionsResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public ApiVersion[] ApiKeys { get; init; } = [];

    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    /// <summary>The levels this node could work at, whatever is finalized.</summary>
    [Field("3+", Tag = 0, Tagged = "3+", Ignorable = true)]
    public SupportedFeatureKey[] SupportedFeatures { get; init; } = [];

    /// <summary>
    /// The offset in the metadata log that the finalized features are from; -1 when the node does not know them.
    /// </summary>
    [Field("3+", Tag = 1, Tagged = "3+", Ignorable = true)]
    public long FinalizedFeaturesEpoch { get; init; } = -1;

    /// <summary>
    /// The level of each finalized feature, <c>metadata.version</c> above all. Features at level 0 are left out.
    /// </summary>
    [Field("3+", Tag = 2, Tagged = "3+", Ignorable = true)]
    public FinalizedFeatureKey[] FinalizedFeatures { get; init; } = [];

    /// <summary>Set by a KRaft controller that is able to take a ZooKeeper cluster over (KIP-866).</summary>
    [Field("3+", Tag = 3, Tagged = "3+", Ignorable = true)]
    public bool ZkMigrationReady { get; init; }

    public sealed partial class ApiVersion
    {
        [Field("0+")]
        public ApiKey ApiKey { get; init; }

        [Field("0+")]
        public short MinVersion { get; init; }

        [Field("0+")]
        public short MaxVersion { get; init; }
    }

    public sealed partial class SupportedFeatureKey
    {
        [Field("3+")]
        public string Name { get; init; } = "";

        [Field("3+")]
        public short MinVersion { get; init; }

        [Field("3+")]
        public short MaxVersion { get; init; }
    }

    public sealed partial class FinalizedFeatureKey
    {
        [Field("3+")]
        public string Name { get; init; } = "";

        [Field("3+")]
        public short MaxVersionLevel { get; init; }

        /// <summary>Always equal to <see cref="MaxVersionLevel"/> since KRaft.</summary>
        [Field("3+")]
        public short MinVersionLevel { get; init; }
    }
}
