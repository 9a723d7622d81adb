namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.FindCoordinator, MessageKind.Request, Versions = "0-6", Flexible = "3+")]
public sealed partial class FindCoordinatorRequest : IKafkaRequest<FindCoordinatorRequest, FindCoordinatorResponse>
{
    [Field("0-3", Name = "Key")]
    public string CoordinatorKey { get; init; } = "";

    [Field("1+")]
    public sbyte KeyType { get; init; }

    [Field("4+")]
    public string[] CoordinatorKeys { get; init; } = [];
}

[KafkaMessage(ApiKey.FindCoordinator, MessageKind.Response, Versions = "0-6", Flexible = "3+")]
public sealed partial class FindCoordinatorResponse : IKafkaResponse<FindCoordinatorResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0-3")]
    public ErrorCode ErrorCode { get; init; }

    [Field("1-3", Nullable = "1-3", Ignorable = true)]
    public string? ErrorMessage { get; init; } = "";

    [Field("0-3")]
    public int NodeId { get; init; }

    [Field("0-3")]
    public string Host { get; init; } = "";

    [Field("0-3")]
    public int Port { get; init; }

    [Field("4+")]
    public Coordinator[] Coordinators { get; init; } = [];

    public sealed partial class Coordinator
    {
        [Field("4+")]
        public string Key { get; init; } = "";

        [Field("4+")]
        public int NodeId { get; init; }

        [Field("4+")]
        public string Host { get; init; } = "";

        [Field("4+")]
        public int Port { get; init; }

        [Field("4+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("4+", Nullable = "4+", Ignorable = true)]
        public string? ErrorMessage { get; init; } = "";
    }
}
