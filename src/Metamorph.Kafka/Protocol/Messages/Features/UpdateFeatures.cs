namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.UpdateFeatures, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class UpdateFeaturesRequest : IKafkaRequest<UpdateFeaturesRequest, UpdateFeaturesResponse>
{
    [Field("0+", Name = "timeoutMs")]
    public int TimeoutMs { get; init; } = 60000;

    [Field("0+")]
    public FeatureUpdate[] FeatureUpdates { get; init; } = [];

    [Field("1+")]
    public bool ValidateOnly { get; init; }

    public sealed partial class FeatureUpdate
    {
        [Field("0+")]
        public string Feature { get; init; } = "";

        [Field("0+")]
        public short MaxVersionLevel { get; init; }

        [Field("0")]
        public bool AllowDowngrade { get; init; }

        [Field("1+")]
        public sbyte UpgradeType { get; init; } = 1;
    }
}

[KafkaMessage(ApiKey.UpdateFeatures, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class UpdateFeaturesResponse : IKafkaResponse<UpdateFeaturesResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0-1", Ignorable = true)]
    public FeatureResult[] Results { get; init; } = [];

    public sealed partial class FeatureResult
    {
        [Field("0+")]
        public string Feature { get; init; } = "";

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";
    }
}
