namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks which resources have a configuration of their own. KIP-714, KIP-1142; API key 74.</summary>
/// <remarks>Needs DESCRIBE_CONFIGS on CLUSTER. Version 0 knows client metrics alone.</remarks>
[KafkaMessage(ApiKey.ListConfigResources, MessageKind.Request, Versions = "0-1", Flexible = "0+")]
public sealed partial class ListConfigResourcesRequest
    : IKafkaRequest<ListConfigResourcesRequest, ListConfigResourcesResponse>
{
    /// <summary>
    /// Which kinds, by the numbers of <see cref="DescribeConfigsRequest.Resource.ResourceType"/>; none is all.
    /// </summary>
    [Field("1+")]
    public sbyte[] ResourceTypes { get; init; } = [];
}

/// <summary>The names of the resources. Answers <see cref="ListConfigResourcesRequest"/>.</summary>
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
