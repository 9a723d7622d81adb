namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>Sets or removes quotas. KIP-546; API key 49.</summary>
/// <remarks>Needs ALTER_CONFIGS on CLUSTER.</remarks>
[KafkaMessage(ApiKey.AlterClientQuotas, MessageKind.Request, Versions = "0-1", Flexible = "1+")]
public sealed partial class AlterClientQuotasRequest
    : IKafkaRequest<AlterClientQuotasRequest, AlterClientQuotasResponse>
{
    [Field("0+")]
    public Entry[] Entries { get; init; } = [];

    /// <summary>Judge the request and change nothing.</summary>
    [Field("0+")]
    public bool ValidateOnly { get; init; }

    public sealed partial class Entry
    {
        [Field("0+")]
        public EntityPart[] Entity { get; init; } = [];

        [Field("0+")]
        public Op[] Ops { get; init; } = [];
    }

    public sealed partial class EntityPart
    {
        [Field("0+")]
        public string EntityType { get; init; } = "";

        /// <summary>Null for the default.</summary>
        [Field("0+", Nullable = "0+")]
        public string? EntityName { get; init; } = "";
    }

    public sealed partial class Op
    {
        [Field("0+")]
        public string Key { get; init; } = "";

        [Field("0+")]
        public double Value { get; init; }

        [Field("0+")]
        public bool Remove { get; init; }
    }
}

/// <summary>What became of each entry. Answers <see cref="AlterClientQuotasRequest"/>.</summary>
[KafkaMessage(ApiKey.AlterClientQuotas, MessageKind.Response, Versions = "0-1", Flexible = "1+")]
public sealed partial class AlterClientQuotasResponse : IKafkaResponse<AlterClientQuotasResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Entry[] Entries { get; init; } = [];

    public sealed partial class Entry
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("0+", Nullable = "0+")]
        public string? ErrorMessage { get; init; } = "";

        [Field("0+")]
        public EntityPart[] Entity { get; init; } = [];
    }

    public sealed partial class EntityPart
    {
        [Field("0+")]
        public string EntityType { get; init; } = "";

        [Field("0+", Nullable = "0+")]
        public string? EntityName { get; init; } = "";
    }
}
