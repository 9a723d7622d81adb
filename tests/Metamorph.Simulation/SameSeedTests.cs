using System.Diagnostics;

namespace Metamorph.Simulation;

/// <summary>The same seed gives the same history, bit for bit: every line of it, and every byte on the wire.</summary>
public sealed class SameSeedTests
{
    private static readonly ulong[] Seeds = [1, 2, 3];

    [Fact]
    public void A_seed_gives_the_same_hash_twice_and_another_seed_another_one()
    {
        var first = Seeds.Select(HashOf).ToList();

        Assert.Equal(first, Seeds.Select(HashOf));
        Assert.Equal(first.Count, first.Distinct().Count());
    }

    [Fact]
    public async Task A_seed_gives_the_same_hash_with_other_runs_beside_it_on_any_number_of_threads()
    {
        var alone = Seeds.Select(HashOf).ToList();
        foreach (var threads in new[] { 2, 5 })
        {
            var beside = await Task.WhenAll(Enumerable.Range(0, threads * Seeds.Length).Select(index =>
                Task.Factory.StartNew(() => HashOf(Seeds[index % Seeds.Length]), TaskCreationOptions.LongRunning)));

            Assert.Equal(Enumerable.Repeat(alone, threads).SelectMany(hashes => hashes), beside);
        }
    }

    [Theory]
    [InlineData(4, "1")]
    [InlineData(5, "8")]
    public async Task The_program_started_by_itself_prints_the_hash_that_the_tests_see(ulong seed, string threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.ArgumentList.Add("replay");
        start.ArgumentList.Add($"{seed}");
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = threads;
        start.Environment["DOTNET_PROCESSOR_COUNT"] = threads;
        using var program = Process.Start(start)!;
        var output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"\n{HashOf(seed)}\n", output, StringComparison.Ordinal);
    }

    private static string HashOf(ulong seed)
    {
        using var upgrade = new SimulatedUpgrade(Schedule.Of(seed));
        upgrade.Run();
        return Campaign.HashOf(upgrade);
    }
}
