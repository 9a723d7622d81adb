namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Removes the ACLs that match filters. KIP-140; API key 31.</summary>
/// <remarks>
/// Needs ALTER on CLUSTER. Kinds, patterns, operations and permissions are Kafka's own numbers; 1 is "any" in a
/// filter.
/// </remarks>
[KafkaMessage(ApiKey.DeleteAcls, MessageKind.Request, Versions = "1-3", Flexible = "2+")]
public sealed partial class DeleteAclsRequest : IKafkaRequest<DeleteAclsRequest, DeleteAclsResponse>
{
    [Field("0+")]
    public Filter[] Filters { get; init; } = [];

    public sealed partial class Filter
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
}

/// <summary>What each filter matched and removed. Answers <see cref="DeleteAclsRequest"/>.</summary>
/// <remarks><see cref="ErrorCode.SecurityDisabled"/>, <see cref="ErrorCode.ClusterAuthorizationFailed"/>.</remarks>
[KafkaMessage(ApiKey.DeleteAcls, MessageKind.Response, Versions = "1-3", Flexible = "2+")]
public sealed partial class DeleteAclsResponse : IKafkaResponse<DeleteAclsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public FilterResult[] FilterResults { get; init; } = [];

    public sealed partial class FilterResult
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

        [Field("0+")]
        public MatchingAcl[] MatchingAcls { get; init; } = [];
    }

    public sealed partial class MatchingAcl
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("1+")]
        public sbyte PatternType { get; init; } = 3;

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
