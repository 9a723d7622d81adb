namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// A controller tells the active one its addresses and the features it can work at. KIP-919; API key 70.
/// </summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER; sent by controllers alone.</remarks>
[KafkaMessage(ApiKey.ControllerRegistration, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class ControllerRegistrationRequest
    : IKafkaRequest<ControllerRegistrationRequest, ControllerRegistrationResponse>
{
    [Field("0+")]
    public int ControllerId { get; init; }

    [Field("0+")]
    public Guid IncarnationId { get; init; }

    [Field("0+")]
    public bool ZkMigrationReady { get; init; }

    [Field("0+")]
    public Listener[] Listeners { get; init; } = [];

    [Field("0+")]
    public Feature[] Features { get; init; } = [];

    public sealed partial class Listener
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public ushort Port { get; init; }

        [Field("0+")]
        public short SecurityProtocol { get; init; }
    }

    public sealed partial class Feature
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public short MinSupportedVersion { get; init; }

        [Field("0+")]
        public short MaxSupportedVersion { get; init; }
    }
}

/// <summary>Answers <see cref="ControllerRegistrationRequest"/>.</summary>
[KafkaMessage(ApiKey.ControllerRegistration, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class ControllerRegistrationResponse : IKafkaResponse<ControllerRegistrationResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";
}
