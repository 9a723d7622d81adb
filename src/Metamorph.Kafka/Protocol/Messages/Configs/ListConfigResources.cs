namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.ListConfigResources, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class ListConfigResourcesRequest
    : IKafkaRequest<ListConfigResourcesRequest, ListConfigResourcesResponse>
{
    [Field("1+")]
    public sbyte[] ResourceTypes { get; init; } = [];
}

[KafkaMessage(ApiKey.ListConfigResources, MessageKind.Response, Versions = "0-1", Flexible = "0+")]
public sealed partial class ListConfigResourcesResponse : IKafkaResponse<ListConfigResourcesResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+")]
    public ConfigResource[] ConfigResources { get; init; } = [];

    public sealed partial class ConfigResource
    {
        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("1+", Ignorable = true)]
        public sbyte ResourceType { get; init; } = 16;
    }
}
