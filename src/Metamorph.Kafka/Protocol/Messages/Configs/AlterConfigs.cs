namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Replaces the whole configuration of a resource: every key not named is lost. KIP-133; API key 33.</summary>
/// <remarks>
/// Needs ALTER_CONFIGS as <see cref="IncrementalAlterConfigsRequest"/> does, which is to be preferred.
/// </remarks>
[KafkaMessage(ApiKey.AlterConfigs, MessageKind.Request, Versions = "0-2", Flexible = "2+")]
public sealed partial class AlterConfigsRequest : IKafkaRequest<AlterConfigsRequest, AlterConfigsResponse>
{
    [Field("0+")]
    public Resource[] Resources { get; init; } = [];

    /// <summary>Judge the request and change nothing.</summary>
    [Field("0+")]
    public bool ValidateOnly { get; init; }

    public sealed partial class Resource
    {
        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("0+")]
        public Config[] Configs { get; init; } = [];
    }

    public sealed partial class Config
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public string? Value { get; init; } = "";
    }
}

/// <summary>What became of each resource. Answers <see cref="AlterConfigsRequest"/>.</summary>
[KafkaMessage(ApiKey.AlterConfigs, MessageKind.Response, Versions = "0-2", Flexible = "2+")]
public sealed partial class AlterConfigsResponse : IKafkaResponse<AlterConfigsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ResourceResponse[] Responses { get; init; } = [];

    public sealed partial class ResourceResponse
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";
    }
}
