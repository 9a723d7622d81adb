using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Metamorph.Model.Json;

/// <summary>Writes a small value as one JSON string, also as a key of an object.</summary>
public abstract class TextConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString() ?? throw new JsonException($"expected a text for {typeof(T).Name}, found null"));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Format(value));

    protected abstract T Parse(string text);

    protected virtual string Format(T value) => value!.ToString()!;
}

/// <summary>A node id is a JSON number, and a string where it is a key.</summary>
public sealed class NodeIdConverter : JsonConverter<NodeId>
{
    public override NodeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);

    public override NodeId ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(int.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());
}

/// <summary>A list of replicas is an array of numbers.</summary>
public sealed class NodeListConverter : JsonConverter<NodeList>
{
    public override NodeList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ids = new List<int>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            ids.Add(reader.GetInt32());
        }

        return new NodeList([.. ids]);
    }

    public override void Write(Utf8JsonWriter writer, NodeList value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var node in value)
        {
            writer.WriteNumberValue(node.Value);
        }

        writer.WriteEndArray();
    }
}

/// <summary><c>3.9.2</c></summary>
public sealed class KafkaReleaseConverter : TextConverter<KafkaRelease>
{
    protected override KafkaRelease Parse(string text) => KafkaRelease.Parse(text);
}

/// <summary><c>3.9</c></summary>
public sealed class ReleaseLineConverter : TextConverter<ReleaseLine>
{
    protected override ReleaseLine Parse(string text) => ReleaseLine.Parse(text);
}

/// <summary><c>restart-2</c></summary>
public sealed class StepIdConverter : TextConverter<StepId>
{
    protected override StepId Parse(string text) => new(text);
}

/// <summary><c>orders-0</c>: the index is what follows the last dash.</summary>
public sealed class TopicPartitionConverter : TextConverter<TopicPartition>
{
    protected override TopicPartition Parse(string text)
    {
        var dash = text.LastIndexOf('-');
        return dash > 0 && int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new TopicPartition(text[..dash], index)
            : throw new JsonException($"'{text}' is not a partition like orders-0");
    }
}

/// <summary>What is known is the value itself; what is not known is <c>{"unknown": "why"}</c>.</summary>
public sealed class ObservedConverter<T> : JsonConverter<Observed<T>>
{
    public override bool HandleNull => true;

    public override Observed<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var ahead = reader;
            if (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("unknown"u8))
            {
                reader.Read();
                reader.Read();
                var why = reader.GetString()!;
                reader.Read();
                return Observed<T>.Unknown(why);
            }
        }

        var typeInfo = (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        return Observed<T>.Of(JsonSerializer.Deserialize(ref reader, typeInfo)!);
    }

    public override void Write(Utf8JsonWriter writer, Observed<T> value, JsonSerializerOptions options)
    {
        if (value.IsKnown)
        {
            var typeInfo = (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            JsonSerializer.Serialize(writer, value.Value, typeInfo);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("unknown"u8, value.Why);
        writer.WriteEndObject();
    }
}
