namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Adds ACLs. KIP-140; API key 30.</summary>
/// <remarks>Needs ALTER on CLUSTER. Adding one that exists changes nothing.</remarks>
[KafkaMessage(ApiKey.CreateAcls, MessageKind.Request, Versions = "1-3", Flexible = "2+")]
public sealed partial class CreateAclsRequest : IKafkaRequest<CreateAclsRequest, CreateAclsResponse>
{
    [Field("0+")]
    public AclCreation[] Creations { get; init; } = [];

    public sealed partial class AclCreation
    {
        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("1+")]
        public sbyte ResourcePatternType { get; init; } = 3;

        [Field("0+")]
        public string Principal { get; init; } = "";

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public sbyte Operation { get; init; }

        [Field("0+")]
        public sbyte PermissionType { get; init; }
    }
}

/// <summary>What became of each ACL, in the order of the request. Answers <see cref="CreateAclsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.SecurityDisabled"/>, <see cref="ErrorCode.ClusterAuthorizationFailed"/>,
/// <see cref="ErrorCode.InvalidRequest"/>.
/// </remarks>
[KafkaMessage(ApiKey.CreateAcls, MessageKind.Response, Versions = "1-3", Flexible = "2+")]
public sealed partial class CreateAclsResponse : IKafkaResponse<CreateAclsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public AclCreationResult[] Results { get; init; } = [];

    public sealed partial class AclCreationResult
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";
    }
}
