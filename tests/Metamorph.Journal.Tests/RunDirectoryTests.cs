using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

public sealed class RunDirectoryTests
{
    [Fact]
    public void A_new_run_is_named_after_its_minute_cluster_and_target()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();

        Assert.Equal("2026-11-21T0930Z-orders-4.3.1", run.Run);
        Assert.Equal(
            ["backups", "journal.jsonl", "plan.json", "plan.sha256", "requests"],
            Directory.GetFileSystemEntries(run.Path).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void A_second_run_in_the_same_minute_is_numbered_and_is_the_latest()
    {
        using var runs = new RunFixture();
        for (var number = 0; number < 11; number++)
        {
            runs.Create().Dispose();
        }

        Assert.Equal("2026-11-21T0930Z-orders-4.3.1-11", Path.GetFileName(Runs.Latest(runs.Runs)));
    }

    [Fact]
    public void What_was_appended_is_there_for_the_next_executor()
    {
        using var runs = new RunFixture();
        var path = runs.Told();

        using var again = runs.Open(path);

        Assert.Equal(Story.Whole.Length, again.Entries.Count);
        Assert.Equal(RunPhase.Done, RunState.Of(again.Entries).Phase);
        Assert.Equal(Story.Plan.Steps, again.Plan.Steps.AsEnumerable());
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_set_the_journal_back()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();
        var first = run.Append(Story.Whole[0].Event);
        runs.Time.Now -= TimeSpan.FromHours(1);

        Assert.Equal(first.At, run.Append(Story.Whole[1].Event).At);
    }

    [Fact]
    public void The_first_backup_stays()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();

        Assert.True(run.BackUp("node-2/server.properties", "before"u8.ToArray()));
        Assert.False(run.BackUp("node-2/server.properties", "after"u8.ToArray()));
        Assert.Equal("before", File.ReadAllText(Path.Combine(run.Path, "backups", "node-2", "server.properties")));
        Assert.Throws<ArgumentException>(() => run.BackUp("../plan.json", "x"u8.ToArray()));
    }

    [Fact]
    public void A_run_that_cannot_be_made_names_its_path_and_leaves_no_run()
    {
        using var runs = new RunFixture();
        File.WriteAllText(runs.Runs, "a file where the directory belongs");

        Assert.Equal(runs.Runs, Assert.Throws<RunDirectoryException>(() => runs.Create()).Path);
    }

    [Fact]
    public void What_a_crash_left_of_an_unborn_run_is_no_run()
    {
        using var runs = new RunFixture();
        var unborn = Path.Combine(runs.Runs, ".new-2026-11-21T0930Z-orders-4.3.1");
        Directory.CreateDirectory(unborn);
        File.WriteAllText(Path.Combine(unborn, "plan.json"), "{");

        Assert.Empty(Runs.All(runs.Runs));
        using var run = runs.Create();
        Assert.Equal([run.Path], Runs.All(runs.Runs));
        Assert.False(Directory.Exists(unborn));
    }

    [Fact]
    public void Only_an_unfinished_run_of_the_same_cluster_is_gone_on_with()
    {
        using var runs = new RunFixture();
        var finished = runs.Told();
        runs.Time.Now = Samples.Start.AddHours(1);
        var id = Story.Plan.ClusterId;

        Assert.Null(Runs.Unfinished(runs.Runs, "orders", id));

        var open = runs.Told(events: 9);

        Assert.Equal(open, Runs.Unfinished(runs.Runs, "orders", id)?.Path);
        Assert.Equal(open, Runs.Unfinished(runs.Runs, "renamed", id)?.Path);
        Assert.Null(Runs.Unfinished(runs.Runs, "orders", "another"));
        Assert.Equal(open, Runs.Unfinished(runs.Runs, "orders", clusterId: null)?.Path);
        Assert.Equal(finished, Runs.Find(runs.Runs, Path.GetFileName(finished)));
        Assert.Equal(finished, Runs.Find("elsewhere", finished + "/"));
        Assert.Null(Runs.Find(runs.Runs, "no-such-run"));
        Assert.Null(Runs.Latest(runs.Runs, "payments"));
    }

    [Fact]
    public void Every_prefix_of_a_journal_is_a_run_that_can_be_read()
    {
        for (var events = 0; events <= Story.Whole.Length; events++)
        {
            using var runs = new RunFixture();
            var view = RunReader.Read(runs.Told(events));

            Assert.Equal(events, view.Entries.Length);
            Assert.Equal(events == Story.Whole.Length, view.IsFinished);
            Assert.Equal("2026-11-21T0930Z-orders-4.3.1", view.State.Run);
        }
    }

    [Fact]
    public async Task A_follower_sees_each_event_once_whatever_the_writes_look_like()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();
        using var enough = new CancellationTokenSource();
        var seen = new List<long>();

        foreach (var entry in Story.Whole.Take(3))
        {
            run.Append(entry.Event);
        }

        await Assert.ThrowsAsync<TaskCanceledException>(async () =>
        {
            await foreach (var entry in RunReader.FollowAsync(run.Path, runs.Time, enough.Token))
            {
                seen.Add(entry.Sequence);
                if (seen.Count < 10)
                {
                    run.Append(new UpgradeEvent.NodeLogged(new(1), "line"));
                    continue;
                }

                // A torn tail is nothing to a viewer.
                await File.AppendAllTextAsync(RunFixture.JournalOf(run.Path), "{\"seq\":", CancellationToken.None);
                if (seen.Count == 12)
                {
                    enough.CancelAfter(TimeSpan.FromMilliseconds(50));
                }
            }
        });

        Assert.Equal(Enumerable.Range(1, 12).Select(number => (long)number), seen);
    }
}
