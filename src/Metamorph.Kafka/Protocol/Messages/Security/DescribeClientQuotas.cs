namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Asks for the quotas of users, client ids and addresses. KIP-546; API key 48.</summary>
/// <remarks>Needs DESCRIBE_CONFIGS on CLUSTER.</remarks>
[KafkaMessage(ApiKey.DescribeClientQuotas, MessageKind.Request, Versions = "0-1", Flexible = "1+")]
public sealed partial class DescribeClientQuotasRequest
    : IKafkaRequest<DescribeClientQuotasRequest, DescribeClientQuotasResponse>
{
    [Field("0+")]
    public Component[] Components { get; init; } = [];

    [Field("0+")]
    public bool Strict { get; init; }

    public sealed partial class Component
    {
        [Field("0+")]
        public string EntityType { get; init; } = "";

        /// <summary>0 the one named, 1 the default, 2 any.</summary>
        [Field("0+")]
        public sbyte MatchType { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? Match { get; init; } = "";
    }
}

/// <summary>The quotas that match. Answers <see cref="DescribeClientQuotasRequest"/>.</summary>
[KafkaMessage(ApiKey.DescribeClientQuotas, MessageKind.Response, Versions = "0-1", Flexible = "1+")]
public sealed partial class DescribeClientQuotasResponse : IKafkaResponse<DescribeClientQuotasResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Nullable = "0+")]
    public string? ErrorMessage { get; init; } = "";

    /// <summary>Null with an error.</summary>
    [Field("0+", Nullable = "0+")]
    public Entry[]? Entries { get; init; } = [];

    public sealed partial class Entry
    {
        [Field("0+")]
        public EntityPart[] Entity { get; init; } = [];

        [Field("0+")]
        public QuotaValue[] Values { get; init; } = [];
    }

    public sealed partial class EntityPart
    {
        [Field("0+")]
        public string EntityType { get; init; } = "";

        /// <summary>Null for the default.</summary>
        [Field("0+", Nullable = "0+")]
        public string? EntityName { get; init; } = "";
    }

    public sealed partial class QuotaValue
    {
        [Field("0+")]
        public string Key { get; init; } = "";

        [Field("0+")]
        public double Value { get; init; }
    }
}
