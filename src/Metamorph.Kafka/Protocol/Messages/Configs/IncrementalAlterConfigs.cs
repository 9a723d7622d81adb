namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.IncrementalAlterConfigs, MessageKind.Request, Versions = "0-1", Flexible = "1+")]
public sealed partial class IncrementalAlterConfigsRequest
    : IKafkaRequest<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>
{
    [Field("0+")]
    public Resource[] Resources { get; init; } = [];

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

        [Field("0+")]
        public sbyte ConfigOperation { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? Value { get; init; } = "";
    }
}

[KafkaMessage(ApiKey.IncrementalAlterConfigs, MessageKind.Response, Versions = "0-1", Flexible = "1+")]
public sealed partial class IncrementalAlterConfigsResponse : IKafkaResponse<IncrementalAlterConfigsResponse>
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
