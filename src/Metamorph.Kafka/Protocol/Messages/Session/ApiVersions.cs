namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ApiVersions, MessageKind.Request, Versions = "0-5", Flexible = "3+")]
public sealed partial class ApiVersionsRequest : IKafkaRequest<ApiVersionsRequest, ApiVersionsResponse>
{
    [Field("3+", Ignorable = true)]
    public string ClientSoftwareName { get; init; } = "";

    [Field("3+", Ignorable = true)]
    public string ClientSoftwareVersion { get; init; } = "";

    [Field("5+", Nullable = "5+", Ignorable = true)]
    public string? ClusterId { get; init; }

    [Field("5+", Ignorable = true)]
    public int NodeId { get; init; } = -1;
}

[KafkaMessage(ApiKey.ApiVersions, MessageKind.Response, Versions = "0-5", Flexible = "3+")]
public sealed partial class ApiVersionsResponse : IKafkaResponse<ApiVersionsResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public ApiVersion[] ApiKeys { get; init; } = [];

    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("3+", Tag = 0, Tagged = "3+", Ignorable = true)]
    public SupportedFeatureKey[] SupportedFeatures { get; init; } = [];

    [Field("3+", Tag = 1, Tagged = "3+", Ignorable = true)]
    public long FinalizedFeaturesEpoch { get; init; } = -1;

    [Field("3+", Tag = 2, Tagged = "3+", Ignorable = true)]
    public FinalizedFeatureKey[] FinalizedFeatures { get; init; } = [];

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

        [Field("3+")]
        public short MinVersionLevel { get; init; }
    }
}
