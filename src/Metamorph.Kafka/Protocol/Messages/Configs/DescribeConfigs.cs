namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DescribeConfigs, MessageKind.Request, Versions = "1-4", Flexible = "4+")]
public sealed partial class DescribeConfigsRequest : IKafkaRequest<DescribeConfigsRequest, DescribeConfigsResponse>
{
    [Field("0+")]
    public Resource[] Resources { get; init; } = [];

    [Field("1+")]
    public bool IncludeSynonyms { get; init; }

    [Field("3+")]
    public bool IncludeDocumentation { get; init; }

    public sealed partial class Resource
    {
        [Field("0+")]
        public sbyte ResourceType { get; init; }

        [Field("0+")]
        public string ResourceName { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public string[]? ConfigurationKeys { get; init; } = [];
    }
}

[KafkaMessage(ApiKey.DescribeConfigs, MessageKind.Response, Versions = "1-4", Flexible = "4+")]
public sealed partial class DescribeConfigsResponse : IKafkaResponse<DescribeConfigsResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ResourceResult[] Results { get; init; } = [];

    public sealed partial class ResourceResult
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

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

        [Field("0+")]
        public bool ReadOnly { get; init; }

        [Field("1+", Ignorable = true)]
        public sbyte ConfigSource { get; init; } = -1;

        [Field("0+")]
        public bool IsSensitive { get; init; }

        [Field("1+", Ignorable = true)]
        public Synonym[] Synonyms { get; init; } = [];

        [Field("3+", Ignorable = true)]
        public sbyte ConfigType { get; init; }

        [Field("3+", Nullable = "0+", Ignorable = true)]
        public string? Documentation { get; init; } = "";
    }

    public sealed partial class Synonym
    {
        [Field("1+")]
        public string Name { get; init; } = "";

        [Field("1+", Nullable = "0+")]
        public string? Value { get; init; } = "";

        [Field("1+")]
        public sbyte Source { get; init; }
    }
}
