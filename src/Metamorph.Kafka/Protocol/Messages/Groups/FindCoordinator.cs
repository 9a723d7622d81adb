namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks which broker coordinates a group or a transactional id. API key 10.</summary>
/// <remarks>
/// Needs DESCRIBE on the group or transactional id. From 4 on several are asked for at once (KIP-699).
/// </remarks>
[KafkaMessage(ApiKey.FindCoordinator, MessageKind.Request, Versions = "0-6", Flexible = "3+")]
public sealed partial class FindCoordinatorRequest : IKafkaRequest<FindCoordinatorRequest, FindCoordinatorResponse>
{
    /// <summary>The group or transactional id; before version 4.</summary>
    [Field("0-3", Name = "Key")]
    public string CoordinatorKey { get; init; } = "";

    /// <summary>0 a group, 1 a transactional id, 2 a share group's partition.</summary>
    [Field("1+")]
    public sbyte KeyType { get; init; }

    /// <summary>The groups or transactional ids; from version 4 on.</summary>
    [Field("4+")]
    public string[] CoordinatorKeys { get; init; } = [];
}

/// <summary>Where the coordinators are. Answers <see cref="FindCoordinatorRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.CoordinatorNotAvailable"/>: its partition of <c>__consumer_offsets</c> or
/// <c>__transaction_state</c> has no leader, or is only just being made.
/// <see cref="ErrorCode.GroupAuthorizationFailed"/>, <see cref="ErrorCode.TransactionalIdAuthorizationFailed"/>.
/// Before 4 the answer is at the top, from 4 on in <see cref="Coordinators"/>.
/// </remarks>
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
