using System.Collections.Concurrent;
using System.Diagnostics;

namespace Metamorph.Simulation;

/// <summary>Runs many schedules, on all cores, and tells which of them broke something.</summary>
internal sealed class Campaign(ulong from, int count)
{
    /// <summary>Lines of a broken one's history that are told; all of it is told by a replay.</summary>
    private const int Tail = 40;

    private readonly ConcurrentDictionary<ulong, string> broken = new();
    private long steps;

    /// <summary>No more schedules are begun after the first broken one.</summary>
    public bool StopsAtFirst { get; init; }

    /// <summary>Is told of each broken one as it is found.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>The broken ones with all that is to be told of them, by their seed.</summary>
    public IReadOnlyDictionary<ulong, string> Broken => broken;

    public string Summary { get; private set; } = "";

    public void Run()
    {
        var began = Stopwatch.GetTimestamp();
        var ran = 0;
        var seeds = Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (index, loop) =>
        {
            Interlocked.Increment(ref ran);
            if (!RunOne(from + (ulong)index) && StopsAtFirst)
            {
                loop.Stop();
            }
        });
        Summary = $"{ran} schedules from seed {from}: {broken.Count} broken, {steps} steps in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s";
    }

    /// <summary>One schedule with everything shown.</summary>
    public static (IEnumerable<string> Lines, bool IsBroken) Replay(ulong seed)
    {
        var schedule = Schedule.Of(seed);
        using var upgrade = new SimulatedUpgrade(schedule);
        var violations = upgrade.Run();
        string[] lines =
        [
            .. schedule.Describe(),
            .. upgrade.History,
            .. violations.Select(violation => $"broken: {violation}"),
            $"{upgrade.Took.TotalSeconds:0.0} s of virtual time, {upgrade.Steps} steps, {upgrade.Bytes} bytes on the wire",
            HashOf(upgrade),
        ];
        return (lines, violations.Count > 0);
    }

    public static string HashOf(SimulatedUpgrade upgrade) => $"hash {upgrade.Hash:x16}";

    private bool RunOne(ulong seed)
    {
        var schedule = Schedule.Of(seed);
        using var upgrade = new SimulatedUpgrade(schedule);
        var violations = upgrade.Run();
        Interlocked.Add(ref steps, upgrade.Steps);
        if (violations.Count == 0)
        {
            return true;
        }

        var story = string.Join('\n',
        [
            .. schedule.Describe(),
            .. upgrade.History.TakeLast(Tail),
            .. violations.Select(violation => $"broken: {violation}"),
            $"replay: ./test simulation --seed {seed}",
        ]);
        broken[seed] = story;
        Told?.Invoke(story);
        return false;
    }
}
