using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>Changes of configs in one request: first judged where they arrive, then by the active controller.</summary>
internal sealed class ConfigChanges
{
    private readonly IReadOnlyList<ConfigChange> changes;
    private readonly ApiError?[] verdicts;

    /// <summary>Judges what can be judged without a controller.</summary>
    public ConfigChanges(World world, Call call, IReadOnlyList<ConfigChange> changes)
    {
        this.changes = changes;
        verdicts = [.. changes.Select(change => changes.Count(other => other.Target == change.Target) > 1
            ? new ApiError(ErrorCode.InvalidRequest, "Each resource must appear at most once.")
            : ConfigPreflight.Judge(world, call.Node, call.Connection.Kind, change))];
    }

    /// <summary>The controller has nothing to decide.</summary>
    public bool IsDone => Array.TrueForAll(verdicts, verdict => verdict is not null);

    /// <summary>Each resource with what became of it, in the order of the request.</summary>
    public IEnumerable<(ConfigTarget Target, ApiError Error)> Results =>
        changes.Zip(verdicts, (change, verdict) => (change.Target, verdict!.Value));

    /// <summary>Lets the active controller decide on the rest.</summary>
    public void Decide(World world)
    {
        for (var i = 0; i < verdicts.Length; i++)
        {
            var change = changes[i];
            verdicts[i] ??= change.IsIncremental
                ? world.Controller.Configs.Alter(change.Target, change.Ops, change.ValidateOnly)
                : world.Controller.Configs.Replace(change.Target, change.Ops, change.ValidateOnly);
        }
    }

    /// <summary>Nobody decided on the rest.</summary>
    public void Fail(ErrorCode error)
    {
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] ??= ApiError.Of(error);
        }
    }
}
