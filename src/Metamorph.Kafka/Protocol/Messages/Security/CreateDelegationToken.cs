namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Makes a delegation token. KIP-48, for others KIP-373; API key 38.</summary>
/// <remarks>Needs CREATE_TOKENS on USER to make one for somebody else.</remarks>
[KafkaMessage(ApiKey.CreateDelegationToken, MessageKind.Request, Versions = "1-3", Flexible = "2+")]
public sealed partial class CreateDelegationTokenRequest
    : IKafkaRequest<CreateDelegationTokenRequest, CreateDelegationTokenResponse>
{
    [Field("3+", Nullable = "3+")]
    public string? OwnerPrincipalType { get; init; } = "";

    [Field("3+", Nullable = "3+")]
    public string? OwnerPrincipalName { get; init; } = "";

    [Field("0+")]
    public Renewer[] Renewers { get; init; } = [];

    [Field("0+")]
    public long MaxLifetimeMs { get; init; }

    public sealed partial class Renewer
    {
        [Field("0+")]
        public string PrincipalType { get; init; } = "";

        [Field("0+")]
        public string PrincipalName { get; init; } = "";
    }
}

/// <summary>The token. Answers <see cref="CreateDelegationTokenRequest"/>.</summary>
/// <remarks>
/// <see cref="Hmac"/> is a secret: never log it. <see cref="ErrorCode.DelegationTokenAuthDisabled"/>,
/// <see cref="ErrorCode.DelegationTokenRequestNotAllowed"/>, <see cref="ErrorCode.InvalidPrincipalType"/>.
/// </remarks>
[KafkaMessage(ApiKey.CreateDelegationToken, MessageKind.Response, Versions = "1-3", Flexible = "2+")]
public sealed partial class CreateDelegationTokenResponse : IKafkaResponse<CreateDelegationTokenResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public string PrincipalType { get; init; } = "";

    [Field("0+")]
    public string PrincipalName { get; init; } = "";

    [Field("3+")]
    public string TokenRequesterPrincipalType { get; init; } = "";

    [Field("3+")]
    public string TokenRequesterPrincipalName { get; init; } = "";

    [Field("0+")]
    public long IssueTimestampMs { get; init; }

    [Field("0+")]
    public long ExpiryTimestampMs { get; init; }

    [Field("0+")]
    public long MaxTimestampMs { get; init; }

    [Field("0+")]
    public string TokenId { get; init; } = "";

    [Field("0+")]
    public ReadOnlyMemory<byte> Hmac { get; init; }

    [Field("0+")]
    public int ThrottleTimeMs { get; init; }
}
