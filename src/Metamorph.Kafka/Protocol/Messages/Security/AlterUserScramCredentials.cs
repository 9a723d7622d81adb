namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Sets or removes SCRAM credentials. KIP-554; API key 51.</summary>
/// <remarks>Needs ALTER on CLUSTER. The salted password is as good as the password: never log it.</remarks>
[KafkaMessage(ApiKey.AlterUserScramCredentials, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class AlterUserScramCredentialsRequest
    : IKafkaRequest<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>
{
    [Field("0+")]
    public Deletion[] Deletions { get; init; } = [];

    [Field("0+")]
    public Upsertion[] Upsertions { get; init; } = [];

    public sealed partial class Deletion
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public sbyte Mechanism { get; init; }
    }

    public sealed partial class Upsertion
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public sbyte Mechanism { get; init; }

        [Field("0+")]
        public int Iterations { get; init; }

        [Field("0+")]
        public ReadOnlyMemory<byte> Salt { get; init; }

        [Field("0+")]
        public ReadOnlyMemory<byte> SaltedPassword { get; init; }
    }
}

/// <summary>What became of each user. Answers <see cref="AlterUserScramCredentialsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.UnacceptableCredential"/>: too few iterations, or an empty name.
/// <see cref="ErrorCode.ResourceNotFound"/>: nothing to remove. <see cref="ErrorCode.UnsupportedSaslMechanism"/>.
/// </remarks>
[KafkaMessage(ApiKey.AlterUserScramCredentials, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class AlterUserScramCredentialsResponse : IKafkaResponse<AlterUserScramCredentialsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

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
    }
}
