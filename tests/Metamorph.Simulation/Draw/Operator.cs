using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>What the operator wants and does, and the instants at which Metamorph's own machine dies.</summary>
internal sealed record Operator
{
    public FinalizePolicy Finalize { get; init; } = FinalizePolicy.Now;

    /// <summary>When the operator approves, since the upgrade was begun; null: never.</summary>
    public TimeSpan? Approves { get; init; }

    /// <summary>When the operator pauses the run, and for how long.</summary>
    public (TimeSpan At, TimeSpan Lasts)? Pause { get; init; }

    /// <summary>Journal writes at which Metamorph dies, counted over the whole run, and whether the write is lost with it.</summary>
    public ImmutableArray<(int Write, bool IsLost)> Deaths { get; init; } = [];

    /// <summary>The pause between two looks at a closed gate.</summary>
    public TimeSpan LooksEach { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The run must not end with the features raised: somebody still has to approve.</summary>
    public bool WaitsForEver => Finalize.Mode == FinalizeMode.Ask && Approves is null;

    public static Operator Of(Entropy entropy)
    {
        var finalize = entropy.Pick([FinalizePolicy.Now, FinalizePolicy.Now, FinalizePolicy.Ask, FinalizePolicy.Never, new(FinalizeMode.After, TimeSpan.FromSeconds(30))]);
        return new Operator
        {
            Finalize = finalize,
            Approves = entropy.Chance(60) ? TimeSpan.FromSeconds(entropy.Between(1, 90)) : null,
            Pause = entropy.Chance(20) ? (TimeSpan.FromSeconds(entropy.Between(1, 40)), TimeSpan.FromSeconds(entropy.Between(1, 30))) : null,
            Deaths = [.. Enumerable.Range(0, entropy.Pick([0, 0, 1, 1, 2])).Select(_ => (entropy.Between(1, 90), entropy.Chance(50))).OrderBy(death => death)],
            // Most of a schedule's work is looking: a few look as often as Metamorph does by default.
            LooksEach = TimeSpan.FromMilliseconds(entropy.Chance(5) ? 200 : entropy.Pick([1000, 2000, 2000])),
        };
    }

    public IEnumerable<string> Describe()
    {
        yield return $"finalisation: {Finalize.Mode}" + (Finalize.Mode == FinalizeMode.Ask
            ? Approves is { } at ? $", approved at {at.TotalSeconds:0} s" : ", never approved"
            : "");
        yield return $"Metamorph looks every {LooksEach.TotalSeconds:0.0} s while it waits";
        if (Pause is { } pause)
        {
            yield return $"the operator pauses the run at {pause.At.TotalSeconds:0} s for {pause.Lasts.TotalSeconds:0} s";
        }

        foreach (var (write, isLost) in Deaths)
        {
            yield return $"Metamorph dies {(isLost ? "before" : "after")} journal write {write}";
        }
    }
}
