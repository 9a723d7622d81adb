using System.Text.Json;

namespace Metamorph.Kafka.Tests.Protocol.Schemas;

/// <summary>One of Kafka's own message specifications.</summary>
internal sealed class MessageSchema
{
    private static readonly Lazy<Dictionary<string, MessageSchema>?> Loaded = new(LoadAll);
    private readonly Dictionary<string, FieldSchema[]> _common = [];

    private MessageSchema(JsonElement json)
    {
        Name = json.GetProperty("name").GetString()!;
        Kind = json.GetProperty("type").GetString()!;
        ApiKey = json.TryGetProperty("apiKey", out var key) ? key.GetInt16() : null;
        Versions = VersionSet.Parse(json.GetProperty("validVersions").GetString()!);
        Flexible = VersionSet.Parse(json.GetProperty("flexibleVersions").GetString()!);
        Listeners = json.TryGetProperty("listeners", out var listeners)
            ? [.. listeners.EnumerateArray().Select(listener => listener.GetString()!)]
            : [];
        Fields = [.. json.GetProperty("fields").EnumerateArray().Select(field => new FieldSchema(field))];
        if (json.TryGetProperty("commonStructs", out var common))
        {
            foreach (var type in common.EnumerateArray())
            {
                _common[type.GetProperty("name").GetString()!] =
                    [.. type.GetProperty("fields").EnumerateArray().Select(field => new FieldSchema(field))];
            }
        }
    }

    public string Name { get; }
    public string Kind { get; }
    public short? ApiKey { get; }
    public VersionSet Versions { get; }
    public VersionSet Flexible { get; }
    public string[] Listeners { get; }
    public FieldSchema[] Fields { get; }

    /// <summary>Every specification; the test is skipped where they are not on this machine.</summary>
    public static IReadOnlyDictionary<string, MessageSchema> All()
    {
        Assert.SkipWhen(
            Loaded.Value is null,
            "Kafka's message specifications are not here: set METAMORPH_SCHEMAS to the directory that holds them.");
        return Loaded.Value!;
    }

    public FieldSchema[] FieldsOf(FieldSchema field) => field.Fields ?? _common[field.Type];

    private static Dictionary<string, MessageSchema>? LoadAll()
    {
        var directory = Environment.GetEnvironmentVariable("METAMORPH_SCHEMAS") ?? FindAbove();
        return !Directory.Exists(directory)
            ? null
            : Directory.EnumerateFiles(directory, "*.json")
                .Where(file => Path.GetFileName(file) != "index.json")
                .Select(file => new MessageSchema(FirstValue(File.ReadAllBytes(file))))
                .ToDictionary(schema => schema.Name);
    }

    private static string? FindAbove()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            var candidate = Path.Combine(here.FullName, "shared", "reference", "protocol-schemas");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    // Some specifications have bytes after the closing brace.
    private static JsonElement FirstValue(byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        return JsonDocument.ParseValue(ref reader).RootElement;
    }
}
