using System.Text.Json;
using System.Text.Json.Serialization;

namespace Metamorph.Journal;

/// <summary>Who holds a lock.</summary>
/// <param name="Pid">The process; 0 when it could not be read.</param>
/// <param name="Run">The run that it executes; null while it has none yet.</param>
public sealed record LockHolder(int Pid, string Host, string User, DateTimeOffset Since, string? Run)
{
    public override string ToString() => Pid == 0
        ? "another process that has not said who it is"
        : $"process {Pid} of {User} on {Host} since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(Run is null ? "" : $", run {Run}")}";

    internal static LockHolder Unsaid { get; } = new(0, "", "", DateTimeOffset.UnixEpoch, Run: null);

    internal static LockHolder Me(DateTimeOffset now, string? run) =>
        new(Environment.ProcessId, Environment.MachineName, Environment.UserName, now, run);

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LockJson.Default.LockHolder);

    internal static LockHolder FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LockJson.Default.LockHolder) ?? Unsaid;
        }
        catch (JsonException)
        {
            // The holder is between taking the lock and saying who it is.
            return Unsaid;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockJson : JsonSerializerContext;
