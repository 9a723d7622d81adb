using System.Diagnostics;
using System.Runtime.CompilerServices;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

public sealed class LockTests
{
    private const string HoldVariable = "METAMORPH_TEST_HOLDS_RUN";

    [Fact]
    public void A_second_executor_is_told_who_holds_the_run()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();

        var refused = Assert.Throws<RunLockedException>(() => runs.Open(run.Path));

        Assert.Equal(Environment.ProcessId, refused.Holder.Pid);
        Assert.Equal(run.Run, refused.Holder.Run);
        Assert.Equal(Samples.Start, refused.Holder.Since);
        Assert.Throws<RunLockedException>(() => runs.Create());
    }

    [Fact]
    public void A_run_that_is_let_go_has_no_holder_and_can_be_taken()
    {
        using var runs = new RunFixture();
        var run = runs.Create();
        Assert.Equal(Environment.ProcessId, RunLock.Holder(run.Path)?.Pid);

        run.Dispose();

        Assert.Null(RunLock.Holder(run.Path));
        runs.Open(run.Path).Dispose();
    }

    [Fact]
    public void Another_run_of_the_cluster_is_not_the_one_that_is_held()
    {
        using var runs = new RunFixture();
        var before = runs.Told();
        using var run = runs.Create();

        Assert.Null(RunLock.Holder(before));
        Assert.NotNull(RunLock.Holder(run.Path));
    }

    [Fact]
    public void One_cluster_is_not_upgraded_from_two_directories_of_runs()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();

        Assert.Throws<RunLockedException>(() => RunDirectory.Create(runs.Runs + "-b", Story.Plan, runs.Time, runs.Locks));

        using var other = RunDirectory.Create(
            runs.Runs + "-b", Story.Plan with { Cluster = "payments", ClusterId = "another" }, runs.Time, runs.Locks);
    }

    [Fact]
    public void A_refused_executor_holds_nothing_afterwards()
    {
        using var runs = new RunFixture();
        using (var run = runs.Create())
        {
            Assert.Throws<RunLockedException>(() => RunDirectory.Create(runs.Runs + "-b", Story.Plan, runs.Time, runs.Locks));
        }

        RunDirectory.Create(runs.Runs + "-b", Story.Plan, runs.Time, runs.Locks).Dispose();
    }

    [Fact]
    public async Task Viewers_that_look_all_the_time_do_not_keep_an_executor_away()
    {
        using var runs = new RunFixture();
        var path = runs.Told(events: 1);
        using var enough = new CancellationTokenSource();
        var viewers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                RunLock.Holder(path);
            }
        })).ToArray();

        try
        {
            for (var times = 0; times < 50; times++)
            {
                runs.Open(path).Dispose();
            }
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(viewers);
        }
    }

    [Fact]
    public async Task A_killed_executor_holds_nothing_afterwards()
    {
        using var runs = new RunFixture();
        var path = runs.Told(events: 1);
        using var child = StartHolder(path, runs.Locks);
        try
        {
            Assert.Equal("held", await child.StandardOutput.ReadLineAsync());

            var refused = Assert.Throws<RunLockedException>(() => runs.Open(path));
            Assert.Equal(child.Id, refused.Holder.Pid);
            Assert.Equal(child.Id, RunLock.Holder(path)?.Pid);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        Assert.Null(RunLock.Holder(path));
        using var run = runs.Open(path);
        Assert.Single(run.Entries);
    }

    private static Process StartHolder(string run, string locks)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(LockTests).Assembly.Location);
        }

        start.Environment[HoldVariable] = $"{run}|{locks}";
        return Process.Start(start)!;
    }

    // The child of the test above: the same program, which takes a run before any test begins and never lets it go.
    [ModuleInitializer]
    internal static void HoldForEver()
    {
        if (Environment.GetEnvironmentVariable(HoldVariable) is { } told && told.Split('|') is [var run, var locks])
        {
            using var held = RunDirectory.Open(run, TimeProvider.System, locks);
            Console.WriteLine("held");
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
