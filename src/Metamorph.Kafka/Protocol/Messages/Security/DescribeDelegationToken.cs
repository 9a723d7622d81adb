namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for delegation tokens. KIP-48; API key 41.</summary>
/// <remarks>Owners see their own tokens, others need DESCRIBE on DELEGATION_TOKEN.</remarks>
[KafkaMessage(ApiKey.DescribeDelegationToken, MessageKind.Request, Versions = "1-3", Flexible = "2+")]
public sealed partial class DescribeDelegationTokenRequest
    : IKafkaRequest<DescribeDelegationTokenRequest, DescribeDelegationTokenResponse>
{
    /// <summary>Null is all.</summary>
    [Field("0+", Nullable = "0+")]
    public Owner[]? Owners { get; init; } = [];

    public sealed partial class Owner
    {
        [Field("0+")]
        public string PrincipalType { get; init; } = "";

        [Field("0+")]
        public string PrincipalName { get; init; } = "";
    }
}

/// <summary>The tokens. Answers <see cref="DescribeDelegationTokenRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.DelegationTokenAuthDisabled"/>, <see cref="ErrorCode.DelegationTokenRequestNotAllowed"/>: not
/// on such a connection.
/// </remarks>
[KafkaMessage(ApiKey.DescribeDelegationToken, MessageKind.Response, Versions = "1-3", Flexible = "2+")]
public sealed partial class DescribeDelegationTokenResponse : IKafkaResponse<DescribeDelegationTokenResponse>
{
    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public Token[] Tokens { get; init; } = [];

    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    public sealed partial class Token
    {
        [Field("0+")]
        public string PrincipalType { get; init; } = "";

        [Field("0+")]
        public string PrincipalName { get; init; } = "";

        [Field("3+")]
        public string TokenRequesterPrincipalType { get; init; } = "";

        [Field("3+")]
        public string TokenRequesterPrincipalName { get; init; } = "";

        [Field("0+")]
        public long IssueTimestamp { get; init; }

        [Field("0+")]
        public long ExpiryTimestamp { get; init; }

        [Field("0+")]
        public long MaxTimestamp { get; init; }

        [Field("0+")]
        public string TokenId { get; init; } = "";

        [Field("0+")]
        public ReadOnlyMemory<byte> Hmac { get; init; }

        [Field("0+")]
        public Renewer[] Renewers { get; init; } = [];
    }

    public sealed partial class Renewer
    {
        [Field("0+")]
        public string PrincipalType { get; init; } = "";

        [Field("0+")]
        public string PrincipalName { get; init; } = "";
    }
}
