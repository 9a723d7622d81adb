namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.BrokerRegistration, MessageKind.Request, Versions = "0-4", Flexible = "0+")]
public sealed partial class BrokerRegistrationRequest
    : IKafkaRequest<BrokerRegistrationRequest, BrokerRegistrationResponse>
{
    [Field("0+")]
    public int BrokerId { get; init; }

    [Field("0+")]
    public string ClusterId { get; init; } = "";

    [Field("0+")]
    public Guid IncarnationId { get; init; }

    [Field("0+")]
    public Listener[] Listeners { get; init; } = [];

    [Field("0+")]
    public Feature[] Features { get; init; } = [];

    [Field("0+", Nullable = "0+")]
    public string? Rack { get; init; } = "";

    [Field("1+")]
    public bool IsMigratingZkBroker { get; init; }

    [Field("2+", Ignorable = true)]
    public Guid[] LogDirs { get; init; } = [];

    [Field("3+", Ignorable = true)]
    public long PreviousBrokerEpoch { get; init; } = -1;

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

[KafkaMessage(ApiKey.BrokerRegistration, MessageKind.Response, Versions = "0-4", Flexible = "0+")]
public sealed partial class BrokerRegistrationResponse : IKafkaResponse<BrokerRegistrationResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;
}
