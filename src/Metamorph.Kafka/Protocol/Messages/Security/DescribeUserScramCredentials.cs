namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks which users have SCRAM credentials; never for the secrets. KIP-554; API key 50.</summary>
/// <remarks>Needs DESCRIBE on CLUSTER.</remarks>
[KafkaMessage(ApiKey.DescribeUserScramCredentials, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeUserScramCredentialsRequest
    : IKafkaRequest<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>
{
    /// <summary>Null or none is all.</summary>
    [Field("0+", Nullable = "0+")]
    public UserName[]? Users { get; init; } = [];

    public sealed partial class UserName
    {
        [Field("0+")]
        public string Name { get; init; } = "";
    }
}

/// <summary>The users with their mechanisms. Answers <see cref="DescribeUserScramCredentialsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.ResourceNotFound"/>: the user has none. <see cref="ErrorCode.DuplicateResource"/>,
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.DescribeUserScramCredentials, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class DescribeUserScramCredentialsResponse : IKafkaResponse<DescribeUserScramCredentialsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public UserResult[] Results { get; init; } = [];

    public sealed partial class UserResult
    {
        [Field("0+")]
        public string User { get; init; } = "";

        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

        [Field("0+")]
        public CredentialInfo[] CredentialInfos { get; init; } = [];
    }

    public sealed partial class CredentialInfo
    {
        [Field("0+")]
        public sbyte Mechanism { get; init; }

        [Field("0+")]
        public int Iterations { get; init; }
    }
}
