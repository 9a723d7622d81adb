namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the ACLs that match a filter. KIP-140, patterns KIP-290; API key 29.</summary>
/// <remarks>
/// Needs DESCRIBE on CLUSTER. Kinds, patterns, operations and permissions are Kafka's own numbers; 1 is "any" in a
/// filter.
/// </remarks>
[KafkaMessage(ApiKey.DescribeAcls, MessageKind.Request, Versions = "1-3", Flexible = "2+")]
public sealed partial class DescribeAclsRequest : IKafkaRequest<DescribeAclsRequest, DescribeAclsResponse>
{
    [Field("0+")]
    public sbyte ResourceTypeFilter { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ResourceNameFilter { get; init; } = "";

    [Field("1+")]
    public sbyte PatternTypeFilter { get; init; } = 3;

    [Field("0+", Nullable = "0+")]
    public string? PrincipalFilter { get; init; } = "";

    [Field("0+", Nullable = "0+")]
    public string? HostFilter { get; init; } = "";

    [Field("0+")]
    public sbyte Operation { get; init; }

    [Field("0+")]
    public sbyte PermissionType { get; init; }
}

/// <summary>The ACLs by resource. Answers <see cref="DescribeAclsRequest"/>.</summary>
/// <remarks>
/// <see cref="ErrorCode.SecurityDisabled"/>: the cluster has no authorizer.
/// <see cref="ErrorCode.ClusterAuthorizationFailed"/>.
/// </remarks>
[KafkaMessage(ApiKey.DescribeAcls, MessageKind.Response, Versions = "1-3", Flexible = "2+")]
public sealed partial class DescribeAclsResponse : IKafkaResponse<DescribeAclsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    [Field("0+")]
    public Resource[] Resources { get; init; } = [];

    public sealed partial class Resource
    {
        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("1+")]
        public sbyte PatternType { get; init; } = 3;

        [Field("0+")]
        public AclDescription[] Acls { get; init; } = [];
    }

    public sealed partial class AclDescription
    {
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
