using Metamorph.Model;

namespace Metamorph.Simulation;

/// <summary>Metamorph dies before and after every single write to its journal. Exhaustive, not random.</summary>
public sealed class PowerLossTests(ITestOutputHelper output)
{
    [Fact]
    public void Whenever_it_dies_a_new_start_comes_to_the_same_end_with_the_same_stops()
    {
        var calm = End(null);
        Assert.Equal(RunEnding.Done, calm.Ending);

        Parallel.ForEach(
            Enumerable.Range(1, calm.Writes).SelectMany(write => new[] { (write, true), (write, false) }),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            death => Assert.Equal((death, calm.Cluster), (death, End(death).Cluster)));
        output.WriteLine($"{2 * calm.Writes} deaths");
    }

    private static (RunEnding? Ending, int Writes, string Cluster) End((int Write, bool IsLost)? death)
    {
        var schedule = Schedule.Calm("3.9.2", "4.3.1", topics: [Schedule.Topic("orders", 3, 3, 2)]) with
        {
            Operator = new Operator { Deaths = death is { } at ? [at] : [] },
        };
        using var upgrade = new SimulatedUpgrade(schedule);
        var violations = upgrade.Run();
        var writes = upgrade.Journal!.Entries.Count;
        return (upgrade.Ending, writes, string.Join('\n',
        [
            $"ended {upgrade.Ending}, stopped {string.Join(' ', upgrade.Invariants.Deeds.Stops)}, started {string.Join(' ', upgrade.Invariants.Deeds.Started.Select(life => life.Node))}",
            .. upgrade.Running,
            .. upgrade.Levels,
            .. violations,
        ]));
    }
}
