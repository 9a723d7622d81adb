using System.Diagnostics;

namespace Metamorph.Simulation;

/// <summary>Upgrades under faults, drawn from seeds. See <c>./test simulation</c>.</summary>
public sealed class SeededScheduleTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_goes_wrong_nothing_is_harmed_by_an_upgrade_and_it_comes_to_its_end() => RunAll(1, 40);

    [Fact(Explicit = true)]
    public void Campaign() => RunAll(
        ulong.Parse(Environment.GetEnvironmentVariable("METAMORPH_FROM_SEED") ?? "1", null),
        int.Parse(Environment.GetEnvironmentVariable("METAMORPH_SEEDS") ?? "1000", null));

    [Fact(Explicit = true)]
    public void Replay()
    {
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("METAMORPH_SEED") ?? "1", null);
        var schedule = Schedule.Of(seed);
        using var upgrade = new SimulatedUpgrade(schedule);
        var violations = Judge(schedule, upgrade);
        output.WriteLine(string.Join('\n', [.. schedule.Describe(), .. upgrade.History, $"hash {upgrade.Hash:x16}, {upgrade.Took.TotalSeconds:0.0} s of virtual time, {upgrade.Steps} steps", .. violations]));
        Assert.Empty(violations);
    }

    private void RunAll(ulong from, int count)
    {
        var began = Stopwatch.GetTimestamp();
        var broken = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var steps = 0L;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var schedule = Schedule.Of(from + (ulong)index);
            using var upgrade = new SimulatedUpgrade(schedule);
            var violations = Judge(schedule, upgrade);
            Interlocked.Add(ref steps, upgrade.Steps);
            if (violations.Count > 0)
            {
                broken.Enqueue(string.Join('\n', [.. schedule.Describe(), .. violations.Select(violation => $"broken: {violation}"), $"replay: ./test simulation --seed {schedule.Seed}"]));
            }
        });
        output.WriteLine($"{count} schedules from seed {from}: {broken.Count} broken, {steps} steps in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.True(broken.IsEmpty, string.Join("\n\n", broken.Take(5)));
    }

    private static IReadOnlyList<string> Judge(Schedule schedule, SimulatedUpgrade upgrade)
    {
        try
        {
            return upgrade.Run();
        }
        catch (Exception e)
        {
            return [.. upgrade.Invariants.Violations, $"seed {schedule.Seed}: {e}"];
        }
    }
}
