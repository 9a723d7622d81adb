using System.Text.Json;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>One field as Kafka's specification has it.</summary>
internal sealed class FieldSchema
{
    public FieldSchema(JsonElement json)
    {
        Name = Text(json, "name")!;
        var type = Text(json, "type")!;
        IsArray = type.StartsWith("[]", StringComparison.Ordinal);
        Type = IsArray ? type[2..] : type;
        Versions = VersionSet.Parse(Text(json, "versions")!);
        Nullable = VersionSet.Parse(Text(json, "nullableVersions") ?? "none");
        Tagged = VersionSet.Parse(Text(json, "taggedVersions") ?? "none");
        Flexible = Text(json, "flexibleVersions") is { } flexible ? VersionSet.Parse(flexible) : null;
        Tag = json.TryGetProperty("tag", out var tag) ? tag.GetInt32() : -1;
        Ignorable = json.TryGetProperty("ignorable", out var ignorable) && ignorable.GetBoolean();
        DefaultText = Text(json, "default");
        Fields = json.TryGetProperty("fields", out var fields)
            ? [.. fields.EnumerateArray().Select(field => new FieldSchema(field))]
            : null;
    }

    public string Name { get; }
    public string Type { get; }
    public bool IsArray { get; }
    public VersionSet Versions { get; }
    public VersionSet Nullable { get; }
    public VersionSet Tagged { get; }
    public VersionSet? Flexible { get; }
    public int Tag { get; }
    public bool Ignorable { get; }
    public string? DefaultText { get; }
    public FieldSchema[]? Fields { get; }

    public bool IsStruct => char.IsUpper(Type[0]);

    private static string? Text(JsonElement json, string key) =>
        !json.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.GetRawText();
}
