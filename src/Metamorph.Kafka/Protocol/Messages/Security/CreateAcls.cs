namespace Metamorph.Kafka.Protocol.Messages;

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
