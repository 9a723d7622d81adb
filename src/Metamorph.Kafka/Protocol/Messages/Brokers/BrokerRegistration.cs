namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// A broker that starts tells the controller who and where it is, and the features it can work at. KIP-631; API key
/// 62.
/// </summary>
/// <remarks>
/// Needs CLUSTER_ACTION on CLUSTER; sent by brokers alone. Version 4 includes features whose lowest level is 0.
/// </remarks>
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

    /// <summary>
    /// The epoch before a clean shutdown, by which replicas are spared suspicion (KIP-966); -1 otherwise.
    /// </summary>
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

/// <summary>Answers <see cref="BrokerRegistrationRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.DuplicateBrokerRegistration"/>: another process with the same id is alive.
/// <see cref="ErrorCode.UnsupportedVersion"/>: the broker cannot work at the finalized feature levels.
/// <see cref="ErrorCode.InconsistentClusterId"/>, <see cref="ErrorCode.NotController"/>.
/// </remarks>
[KafkaMessage(ApiKey.BrokerRegistration, MessageKind.Response, Versions = "0-4", Flexible = "0+")]
public sealed partial class BrokerRegistrationResponse : IKafkaResponse<BrokerRegistrationResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    /// <summary>The epoch to say in later requests; -1 with an error.</summary>
    [Field("0+")]
    public long BrokerEpoch { get; init; } = -1;
}
