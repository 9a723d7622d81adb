namespace Metamorph.Kafka.Protocol;

/// <summary>
/// Declares a protocol message. The source generator writes its codec from the properties that have a
/// <see cref="FieldAttribute"/>, in the order they stand in, and from those of the types nested in it.
/// </summary>
/// <remarks>
/// Versions are written as in Kafka's own message specifications: <c>"3"</c>, <c>"0-7"</c>, <c>"9+"</c>, <c>"none"</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KafkaMessageAttribute : Attribute
{
    /// <summary>Declares one half of an API.</summary>
    public KafkaMessageAttribute(ApiKey key, MessageKind kind)
    {
        Key = key;
        Kind = kind;
    }

    /// <summary>Declares a message that belongs to no API.</summary>
    public KafkaMessageAttribute()
    {
        Kind = MessageKind.Data;
    }

    /// <summary>Which API the message belongs to; <c>null</c> when it belongs to none.</summary>
    public ApiKey? Key { get; }

    /// <summary>What part the message plays.</summary>
    public MessageKind Kind { get; }

    /// <summary>The versions the codec speaks.</summary>
    public required string Versions { get; init; }

    /// <summary>The versions that have compact lengths and tagged fields (KIP-482).</summary>
    public string Flexible { get; init; } = "none";
}
