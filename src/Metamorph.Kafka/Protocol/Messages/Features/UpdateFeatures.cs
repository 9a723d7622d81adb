namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Moves finalized feature levels, <c>metadata.version</c> above all. KIP-584, KIP-778; API key 57.</summary>
/// <remarks>
/// Needs ALTER on CLUSTER. Raising <c>metadata.version</c> is the one step of an upgrade that Kafka may refuse to
/// undo. Version 0 has neither <see cref="ValidateOnly"/> nor kinds of downgrade; version 2 reports errors at the top
/// alone (KIP-1022).
/// </remarks>
[KafkaMessage(ApiKey.UpdateFeatures, MessageKind.Request, Versions = "0-2", Flexible = "0+")]
public sealed partial class UpdateFeaturesRequest : IKafkaRequest<UpdateFeaturesRequest, UpdateFeaturesResponse>
{
    /// <summary>How long the controller may take.</summary>
    [Field("0+", Name = "timeoutMs")]
    public int TimeoutMs { get; init; } = 60000;

    [Field("0+")]
    public FeatureUpdate[] FeatureUpdates { get; init; } = [];

    /// <summary>Judge the request and change nothing.</summary>
    [Field("1+")]
    public bool ValidateOnly { get; init; }

    public sealed partial class FeatureUpdate
    {
        /// <summary>For instance <c>metadata.version</c>.</summary>
        [Field("0+")]
        public string Feature { get; init; } = "";

        /// <summary>The level to finalize; 0 removes the feature.</summary>
        [Field("0+")]
        public short MaxVersionLevel { get; init; }

        /// <summary>Version 0 only: whether the level may fall.</summary>
        [Field("0")]
        public bool AllowDowngrade { get; init; }

        /// <summary>1 upgrades only; 2 also downgrades that lose no metadata; 3 also those that do.</summary>
        [Field("1+")]
        public sbyte UpgradeType { get; init; } = 1;
    }
}

/// <summary>
/// What became of the update; in version 2 all features change, or none does. Answers
/// <see cref="UpdateFeaturesRequest"/>.
/// </summary>
/// <remarks>
/// <see cref="ErrorCode.InvalidUpdateVersion"/>: some node cannot work at that level, or a downgrade would lose
/// metadata. It passes by itself when a restarted broker's registration has not reached the controller yet.
/// <see cref="ErrorCode.FeatureUpdateFailed"/>: the controller could not. <see cref="ErrorCode.InvalidRequest"/>: an
/// unknown feature, or one twice. <see cref="ErrorCode.NotController"/>,
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.UpdateFeatures, MessageKind.Response, Versions = "0-2", Flexible = "0+")]
public sealed partial class UpdateFeaturesResponse : IKafkaResponse<UpdateFeaturesResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    /// <summary>Per feature, in versions 0 and 1. Version 2 has the top-level error alone.</summary>
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
