using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Client quotas (KIP-546, <c>ClientQuotaControlManager</c>). They are kept, and slow nobody down.</summary>
internal sealed class QuotaControl(World world)
{
    private static readonly string[] UserAndClientKeys =
        ["consumer_byte_rate", "controller_mutation_rate", "producer_byte_rate", "request_percentage"];

    private static readonly string[] FractionalKeys = ["controller_mutation_rate", "request_percentage"];
    private static readonly string[] IpKeys = ["connection_creation_rate"];

    /// <summary>Changes the quotas of one entity, all of them or none, or says why not.</summary>
    /// <param name="entity">Whose quotas they are.</param>
    /// <param name="ops">The new values; null takes a quota away.</param>
    /// <param name="validateOnly">Only says whether it could be done.</param>
    public ApiError Alter(QuotaEntity entity, IReadOnlyList<(string Key, double? Value)> ops, bool validateOnly)
    {
        var error = Judge(entity);
        foreach (var (key, value) in ops)
        {
            error = error.IsFailure || value is null ? error : Judge(entity, key, value.Value);
        }

        if (error.IsFailure || validateOnly)
        {
            return error;
        }

        if (!world.Metadata.Quotas.TryGetValue(entity.Key, out var quotas))
        {
            world.Metadata.Quotas[entity.Key] = quotas = new(StringComparer.Ordinal);
        }

        foreach (var (key, value) in ops)
        {
            quotas.Remove(key);
            if (value is { } set)
            {
                quotas[key] = set;
            }
        }

        if (quotas.Count == 0)
        {
            world.Metadata.Quotas.Remove(entity.Key);
        }

        world.Metadata.NoteRecord();
        return error;
    }

    private static ApiError Judge(QuotaEntity entity)
    {
        var types = entity.Parts.Select(part => part.Type).ToList();
        if (types.Count == 0)
        {
            return Refuse("Invalid empty client quota entity");
        }

        if (types.Find(type => type is not (QuotaEntity.User or QuotaEntity.ClientId or QuotaEntity.Ip)) is { } unknown)
        {
            return Refuse($"Unhandled client quota entity type: {unknown}");
        }

        return types.Count > 1 && types.Contains(QuotaEntity.Ip)
            ? Refuse("Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId")
            : ApiError.None;
    }

    private static ApiError Judge(QuotaEntity entity, string key, double value)
    {
        var valid = entity.Parts.Any(part => part.Type == QuotaEntity.Ip) ? IpKeys : UserAndClientKeys;
        if (!valid.Contains(key))
        {
            return Refuse($"Invalid configuration key {key}");
        }

        if (value <= 0)
        {
            return Refuse($"Quota {key} must be greater than 0");
        }

        return !FractionalKeys.Contains(key) && Math.Abs(value % 1) > 1e-6
            ? Refuse($"{key} cannot be a fractional value.")
            : ApiError.None;
    }

    private static ApiError Refuse(string why) => new(ErrorCode.InvalidRequest, why);
}

/// <summary>Whose quota it is: a user, a client id, both, or an address; a name of null is the default of its type.</summary>
internal sealed record QuotaEntity(IReadOnlyList<(string Type, string? Name)> Parts)
{
    public const string User = "user";
    public const string ClientId = "client-id";
    public const string Ip = "ip";

    private const char Between = '\u001f';
    private const char Default = '\u001e';

    /// <summary>The same for the same entity, however its parts were ordered.</summary>
    public string Key => string.Join(Between, Parts
        .OrderBy(part => part.Type, StringComparer.Ordinal)
        .SelectMany(part => new[] { part.Type, part.Name ?? $"{Default}" }));

    public static QuotaEntity Parse(string key)
    {
        var texts = key.Split(Between);
        return new([.. texts.Chunk(2).Select(part => (part[0], part[1] == $"{Default}" ? null : part[1]))]);
    }
}
