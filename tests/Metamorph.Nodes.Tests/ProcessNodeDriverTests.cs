using System.Diagnostics;
using System.Runtime.InteropServices;
using Metamorph.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Metamorph.Nodes.Tests;

public sealed class ProcessNodeDriverTests
{
    private static readonly KafkaRelease Old = new(3, 9, 2);
    private static readonly KafkaRelease New = new(4, 3, 1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_does_not_run_has_no_process_and_tells_what_is_installed()
    {
        await using var site = NodeSite.Fake();

        var seen = await site.Driver().ObserveAsync(Token);

        Assert.Null(seen.Process);
        Assert.Empty(seen.OtherPids);
        Assert.Equal(Old, seen.Installed.Value);
        Assert.Equal(new NodeId(1), seen.Properties.NodeId);
        Assert.False(seen.RegistrationEpoch.IsKnown);
    }

    [Fact]
    public async Task A_node_that_somebody_else_started_is_found_by_its_config()
    {
        await using var site = NodeSite.Fake();
        var process = site.StartByHand();
        await site.Wrote("ready");

        var seen = await site.Driver().ObserveAsync(Token);

        Assert.Equal(process.Id, seen.Process!.Pid);
        Assert.Equal(Old, seen.Process.Release.Value);
        Assert.Equal(process.StartTime.ToUniversalTime(), seen.Process.StartedAt.UtcDateTime, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_config_given_relative_to_a_folder_or_by_a_symlink_is_the_same_config()
    {
        await using var site = NodeSite.Fake();
        File.CreateSymbolicLink(site["node/alias"], site.Options.Config);
        var process = site.StartByHand(config: "../node/alias", workingFolder: site["node"]);
        await site.Wrote("ready");

        Assert.Equal(process.Id, (await site.Driver().ObserveAsync(Token)).Process?.Pid);
    }

    [Fact]
    public async Task A_process_with_another_config_of_the_same_name_is_another_node()
    {
        await using var site = NodeSite.Fake();
        await using var other = NodeSite.Fake();
        other.NameConfigLike(site);
        var process = other.StartByHand(config: Path.GetFileName(other.Options.Config), workingFolder: other["node"]);
        await other.Wrote("ready");

        Assert.Null((await site.Driver().ObserveAsync(Token)).Process);
        Assert.Equal(process.Id, (await other.Driver().ObserveAsync(Token)).Process?.Pid);
    }

    [Fact]
    public async Task Two_processes_with_one_config_are_both_told_and_nothing_is_started_beside_them()
    {
        await using var site = NodeSite.Fake();
        var one = site.StartByHand();
        await site.Wrote("ready");
        var two = site.StartByHand();
        await Eventually.Holds(() => NodeProcesses.Of(site.Options.Config).Count == 2, "the second process");

        var seen = await site.Driver().ObserveAsync(Token);

        Assert.Equal([one.Id, two.Id], seen.OtherPids.Prepend(seen.Process!.Pid).Order());
        Assert.Equal("process-ambiguous", Assert.Single(NodeCheck.Check([site.Options])).Code);
        await Assert.ThrowsAsync<NodeStartException>(() => site.Driver().StartAsync(Old, Token));
    }

    // Each start script execs the next one, and a process has no command line in the midst of that.
    [Fact]
    public async Task A_node_whose_start_scripts_follow_one_another_is_seen_at_every_instant()
    {
        await using var site = NodeSite.Fake();
        var script = site["node/again.sh"];
        File.WriteAllText(script, "#!/bin/bash\nexec \"$0\" kafka.Kafka \"$2\"\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        using var process = Process.Start("/bin/bash", [script, "kafka.Kafka", site.Options.Config]);
        try
        {
            await Eventually.Holds(() => ProcessTable.ArgumentsOf(process.Id) is ["/bin/bash", ..], "the script");

            for (var look = 0; look < 2000; look++)
            {
                Assert.Contains("kafka.Kafka", ProcessTable.ArgumentsOf(process.Id));
            }

            Assert.Equal([process.Id], NodeProcesses.Of(site.Options.Config).Select(node => node.Pid));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Token);
        }
    }

    [Fact]
    public async Task What_only_mentions_the_class_and_the_config_is_no_node()
    {
        await using var site = NodeSite.Fake();
        using var editor = Process.Start(new ProcessStartInfo(
            "/bin/bash", ["-c", "exec -a editor tail -f /dev/null kafka.Kafka \"$0\"", site.Options.Config])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            await Eventually.Holds(() => ProcessTable.ArgumentsOf(editor.Id) is ["editor", ..], "the editor");

            Assert.Null((await site.Driver().ObserveAsync(Token)).Process);
        }
        finally
        {
            editor.Kill();
        }
    }

    [Fact]
    public async Task The_release_that_runs_is_told_right_after_home_was_flipped_under_it()
    {
        await using var site = NodeSite.Fake();
        var process = site.StartByHand();
        await site.Wrote("ready");
        site.Install("4.3.1");

        var seen = await site.Driver().ObserveAsync(Token);

        Assert.Equal(Old, seen.Process!.Release.Value);
        Assert.Equal(New, seen.Installed.Value);
    }

    [Fact]
    public async Task A_node_is_started_on_the_release_and_home_leads_there()
    {
        await using var site = NodeSite.Fake();
        await using var driver = site.Driver();

        var pid = await driver.StartAsync(New, Token);

        var seen = await driver.ObserveAsync(Token);
        Assert.Equal(pid, seen.Process!.Pid);
        Assert.Equal(New, seen.Process.Release.Value);
        Assert.Equal(New, seen.Installed.Value);
        Assert.False(File.Exists(site.Options.Home + ".metamorph-next"));
    }

    [Fact]
    public async Task A_node_that_is_started_is_in_a_session_of_its_own_and_holds_nothing_of_ours()
    {
        await using var site = NodeSite.Fake();
        using var file = new FileStream(site["ours"], FileMode.Create);

        // Like a lock that a shell script holds while it runs Metamorph: open in every program that is started.
        using var ours = new SafeFileHandle(Duplicate(file.SafeFileHandle), ownsHandle: true);
        Assert.False(ours.IsInvalid);

        var pid = await site.Driver().StartAsync(New, Token);
        await site.Wrote("ready");

        var stat = File.ReadAllText($"/proc/{pid}/stat").Split(' ');
        Assert.Equal(stat[4], stat[5]);
        Assert.NotEqual(File.ReadAllText("/proc/self/stat").Split(' ')[5], stat[5]);
        Assert.NotEqual($"{Environment.ProcessId}", stat[3]);
        Assert.Equal("/dev/null", ProcessTable.LinkOf(pid, "fd/0"));
        Assert.Equal(site.Output, ProcessTable.LinkOf(pid, "fd/1"));
        Assert.Equal(site.Output, ProcessTable.LinkOf(pid, "fd/2"));
        Assert.All(
            ProcessTable.OpenFilesOf(pid),
            open => Assert.True(
                open is "/dev/null" || open == site.Output || open.StartsWith(site.Releases), $"{open} leaked into the node"));
    }

    [Fact]
    public async Task The_environment_of_a_node_has_its_own_entries_and_its_log_folder()
    {
        await using var site = NodeSite.Fake(("FAKE_EPOCH", "77"));

        var pid = await site.Driver().StartAsync(Old, Token);

        Assert.Equal("77", ProcessTable.VariableOf(pid, "FAKE_EPOCH"));
        Assert.Equal(site.Options.Logs, ProcessTable.VariableOf(pid, "LOG_DIR"));
    }

    [Fact]
    public async Task A_log_folder_that_the_operator_chose_stays()
    {
        await using var site = NodeSite.Fake(("LOG_DIR", "/var/tmp/chosen"));

        var pid = await site.Driver().StartAsync(Old, Token);

        Assert.Equal("/var/tmp/chosen", ProcessTable.VariableOf(pid, "LOG_DIR"));
    }

    [Fact]
    public async Task Starting_what_runs_already_on_the_release_answers_its_pid()
    {
        await using var site = NodeSite.Fake();
        var pid = await site.Driver().StartAsync(New, Token);

        Assert.Equal(pid, await site.Driver().StartAsync(New, Token));
    }

    [Fact]
    public async Task Starting_another_release_than_the_one_that_runs_is_refused_and_home_stays()
    {
        await using var site = NodeSite.Fake();
        await site.Driver().StartAsync(Old, Token);

        var refused = await Assert.ThrowsAsync<NodeStartException>(() => site.Driver().StartAsync(New, Token));

        Assert.Contains("runs 3.9.2, not 4.3.1", refused.Message);
        Assert.Equal(Old, (await site.Driver().ObserveAsync(Token)).Installed.Value);
    }

    [Fact]
    public async Task A_node_that_ends_at_once_is_told_with_what_it_wrote()
    {
        await using var site = NodeSite.Fake(("FAKE_DIES", "1"));

        var failed = await Assert.ThrowsAsync<NodeStartException>(() => site.Driver().StartAsync(New, Token));

        Assert.Contains("java.lang.IllegalStateException: fake", failed.Message);
        Assert.Equal(new NodeId(1), failed.Node);
    }

    [Fact]
    public async Task A_start_script_that_cannot_be_run_is_told_with_its_reason()
    {
        await using var site = NodeSite.Fake();
        File.Delete(Path.Combine(site.Releases, "kafka_2.13-4.3.1/bin/kafka-server-start.sh"));

        var failed = await Assert.ThrowsAsync<NodeStartException>(() => site.Driver().StartAsync(New, Token));

        Assert.Contains("No such file or directory", failed.Message);
    }

    [Fact]
    public async Task A_release_that_is_not_there_starts_nothing_and_flips_nothing()
    {
        await using var site = NodeSite.Fake();

        await Assert.ThrowsAsync<NodeStartException>(() => site.Driver().StartAsync(new KafkaRelease(4, 0, 1), Token));

        Assert.Equal(Old, (await site.Driver().ObserveAsync(Token)).Installed.Value);
    }

    [Fact]
    public async Task A_release_that_home_leads_to_already_need_not_be_in_the_releases_directory()
    {
        await using var site = NodeSite.Fake();
        await using var driver = new ProcessNodeDriver(
            site.Options, new ReleaseDirectory(null), TimeProvider.System, NullLogger<ProcessNodeDriver>.Instance);

        var pid = await driver.StartAsync(Old, Token);

        Assert.Equal((pid, Old), ((await driver.ObserveAsync(Token)).Process!.Pid, Old));
    }

    [Fact]
    public async Task A_home_that_is_a_folder_is_never_replaced()
    {
        await using var site = NodeSite.Fake();
        File.Delete(site.Options.Home);
        Directory.CreateDirectory(site.Options.Home);

        var failed = await Assert.ThrowsAsync<NodeStartException>(() => site.Driver().StartAsync(New, Token));

        Assert.Contains("no symlink", failed.Message);
        Assert.True(Directory.Exists(site.Options.Home));
    }

    [Fact]
    public async Task What_a_crash_between_the_steps_of_a_flip_left_behind_is_cleared_away()
    {
        await using var site = NodeSite.Fake();
        File.CreateSymbolicLink(site.Options.Home + ".metamorph-next", "/nowhere");

        await site.Driver().StartAsync(New, Token);

        Assert.Equal(New, (await site.Driver().ObserveAsync(Token)).Installed.Value);
    }

    [Fact]
    public async Task A_script_that_waits_for_its_JVM_is_not_taken_for_the_node()
    {
        await using var site = NodeSite.Fake(("FAKE_WRAPS", "1"));

        var pid = await site.Driver().StartAsync(New, Token);

        Assert.Equal("java", ProcessTable.ArgumentsOf(pid)[0]);
        Assert.Equal(pid, (await site.Driver().ObserveAsync(Token)).Process!.Pid);
        Assert.Equal(StopOutcome.Stopped, await site.Driver().StopAsync(pid, Long, Token));
    }

    [Fact]
    public async Task A_stop_asks_once_and_waits_for_the_end()
    {
        await using var site = NodeSite.Fake();
        var process = site.StartByHand();
        await site.Wrote("ready");

        Assert.Equal(StopOutcome.Stopped, await site.Driver().StopAsync(process.Id, Long, Token));
        Assert.Null((await site.Driver().ObserveAsync(Token)).Process);
        Assert.EndsWith("asked to stop\nstopped\n", await File.ReadAllTextAsync(site.Output, Token));
    }

    [Fact]
    public async Task A_node_has_stopped_when_it_ended_though_its_parent_never_reaps_it()
    {
        await using var site = NodeSite.Fake();
        using var parent = Process.Start(new ProcessStartInfo(
            "perl", ["-e", "fork or exec @ARGV; sleep 1 while 1", Path.Combine(site.Options.Home, "bin/kafka-server-start.sh"), site.Options.Config])
        {
            Environment = { ["METAMORPH_TEST_SITE"] = site.Folder },
            RedirectStandardOutput = true,
        })!;
        try
        {
            await Eventually.Holds(() => NodeProcesses.Of(site.Options.Config) is [{ IsLauncher: false }], "the node");
            var pid = NodeProcesses.Of(site.Options.Config)[0].Pid;

            Assert.Equal(StopOutcome.Stopped, await site.Driver().StopAsync(pid, Long, Token));

            Assert.Equal('Z', ProcessTable.StatusOf(pid)!.Value.State);
            Assert.Null((await site.Driver().ObserveAsync(Token)).Process);
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public async Task A_node_that_takes_longer_than_the_patience_goes_on_stopping_and_is_not_killed()
    {
        await using var site = NodeSite.Fake();
        site.With(("FAKE_STAYS", site["let-go"]));
        await using var driver = site.Driver();
        var pid = await driver.StartAsync(Old, Token);
        await site.Wrote("ready");

        Assert.Equal(StopOutcome.StillStopping, await driver.StopAsync(pid, TimeSpan.FromMilliseconds(100), Token));
        Assert.Equal(pid, (await driver.ObserveAsync(Token)).Process!.Pid);

        await File.WriteAllTextAsync(site["let-go"], "", Token);
        Assert.Equal(StopOutcome.Stopped, await driver.StopAsync(pid, Long, Token));
    }

    [Fact]
    public async Task Cancelling_a_stop_ends_the_waiting_only()
    {
        await using var site = NodeSite.Fake();
        site.With(("FAKE_STAYS", site["let-go"]));
        var pid = await site.Driver().StartAsync(Old, Token);
        await site.Wrote("ready");
        using var cancelled = new CancellationTokenSource();
        var stopping = site.Driver().StopAsync(pid, Long, cancelled.Token);
        await site.Wrote("asked to stop");

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);
        Assert.Equal(pid, (await site.Driver().ObserveAsync(Token)).Process!.Pid);
    }

    [Fact]
    public async Task Another_pid_than_the_nodes_is_left_alone()
    {
        await using var site = NodeSite.Fake();
        await using var other = NodeSite.Fake();
        var pid = await other.Driver().StartAsync(Old, Token);

        Assert.Equal(StopOutcome.Stopped, await site.Driver().StopAsync(pid, Long, Token));
        Assert.Equal(StopOutcome.Stopped, await site.Driver().StopAsync(Environment.ProcessId, Long, Token));
        Assert.Equal(StopOutcome.Stopped, await site.Driver().StopAsync(0, Long, Token));

        Assert.Equal(pid, (await other.Driver().ObserveAsync(Token)).Process!.Pid);
    }

    [Fact]
    public async Task A_roll_by_hand_stops_flips_and_starts()
    {
        await using var site = NodeSite.Fake();
        await using var driver = site.Driver();
        var process = site.StartByHand();
        await site.Wrote("ready");

        Assert.Equal(StopOutcome.Stopped, await driver.StopAsync(process.Id, Long, Token));
        var pid = await driver.StartAsync(New, Token);

        var seen = await driver.ObserveAsync(Token);
        Assert.NotEqual(process.Id, pid);
        Assert.Equal((pid, New), (seen.Process!.Pid, seen.Process.Release.Value));
    }

    [Fact]
    public async Task The_registration_epoch_is_the_one_of_this_life()
    {
        await using var site = NodeSite.Fake(("FAKE_EPOCH", "41"));
        Directory.CreateDirectory(site.Options.Logs);
        await File.WriteAllTextAsync(
            site.Output, "[2020-01-01 00:00:00,000] INFO Successfully registered broker 1 with broker epoch 12 (kafka)\n", Token);
        await using var driver = site.Driver();
        var pid = await driver.StartAsync(Old, Token);
        await site.Wrote("ready");
        Assert.Equal(41, (await driver.ObserveAsync(Token)).RegistrationEpoch.Value);

        await driver.StopAsync(pid, Long, Token);
        Assert.False((await driver.ObserveAsync(Token)).RegistrationEpoch.IsKnown);
    }

    [Fact]
    public async Task A_life_that_has_not_registered_has_no_epoch_whatever_earlier_ones_had()
    {
        await using var site = NodeSite.Fake();
        Directory.CreateDirectory(site.Options.Logs);
        await File.WriteAllTextAsync(
            site.Output,
            "[2020-01-01 00:00:00,000] INFO Successfully registered broker 1 with broker epoch 12 (kafka)\n"
            + "Successfully registered broker 1 with broker epoch 13\n", Token);
        await site.Driver().StartAsync(Old, Token);
        await site.Wrote("ready");

        var epoch = (await site.Driver().ObserveAsync(Token)).RegistrationEpoch;

        Assert.False(epoch.IsKnown);
        Assert.Contains("tell of no registration since", epoch.Why);
    }

    [Fact]
    public async Task The_log_is_read_on_from_where_the_last_read_ended()
    {
        await using var site = NodeSite.Fake();
        await using var driver = site.Driver();
        Assert.Equal(0, (await driver.ReadLogAsync(0, Token)).Next);
        Directory.CreateDirectory(site.Options.Logs);
        await File.WriteAllTextAsync(site.Output, "one\ntwo\nthr", Token);

        var first = await driver.ReadLogAsync(0, Token);
        Assert.Equal(["one", "two"], first.Lines);

        await File.AppendAllTextAsync(site.Output, "ee\n", Token);
        var second = await driver.ReadLogAsync(first.Next, Token);
        Assert.Equal(["three"], second.Lines);
        Assert.Empty((await driver.ReadLogAsync(second.Next, Token)).Lines);

        await File.WriteAllTextAsync(site.Output, "new\n", Token);
        Assert.Equal(["new"], (await driver.ReadLogAsync(second.Next, Token)).Lines);
    }

    [Fact]
    public async Task Of_a_long_log_the_end_is_read_first()
    {
        await using var site = NodeSite.Fake();
        Directory.CreateDirectory(site.Options.Logs);
        await File.WriteAllLinesAsync(site.Output, Enumerable.Range(0, 300_000).Select(line => $"line {line}"), Token);

        var excerpt = await site.Driver().ReadLogAsync(0, Token);

        Assert.Equal("line 299999", excerpt.Lines[^1]);
        Assert.StartsWith("line ", excerpt.Lines[0]);
        Assert.True(excerpt.Lines.Count < 100_000);
    }

    [Fact]
    public async Task A_config_that_cannot_be_read_makes_the_node_unreachable()
    {
        await using var site = NodeSite.Fake();
        File.Delete(site.Options.Config);

        await Assert.ThrowsAsync<NodeUnreachableException>(() => site.Driver().ObserveAsync(Token));
    }

    [DllImport("libc", EntryPoint = "dup")]
    private static extern nint Duplicate(SafeFileHandle handle);
}
