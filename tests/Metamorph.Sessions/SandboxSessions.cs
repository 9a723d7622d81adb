namespace Metamorph.Sessions;

/// <summary>The embedded cluster as it is run by hand.</summary>
public sealed class SandboxSessions : IDisposable
{
    private readonly Site site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task The_first_line_tells_where_clients_begin_and_they_can_connect_there()
    {
        await using var sandbox = await RunningSandbox.StartAsync("--brokers", "4", "--release", "3.8");

        Assert.Equal(4, sandbox.Bootstrap.Distinct().Count());
        foreach (var endpoint in sandbox.Bootstrap)
        {
            Assert.True(await RunningSandbox.IsOpenAsync(endpoint), $"{endpoint}");
        }
    }

    [Fact]
    public async Task Every_command_is_answered_on_one_line()
    {
        await using var sandbox = await RunningSandbox.StartAsync("--release", "3.9.2", "--topics", "orders:6:3");

        Assert.Equal("stop N | kill N | start N [RELEASE] | slow N TIME | freeze N | partition N | heal N | status | help | quit", await sandbox.AskAsync("help"));
        Assert.Matches(@"^node 1 runs 3\.9\.2 \(unfenced, leads 2\); .*; active controller 1, epoch 1; 6 partitions, 0 under-replicated, 0 offline, 0 reassigning; metadata\.version 21$", await sandbox.AskAsync("status"));
        Assert.Matches(@"^ok: node 2 stopped in [0-9.]+ s$", await sandbox.AskAsync("stop 2"));
        Assert.False(await RunningSandbox.IsOpenAsync(sandbox.Bootstrap[1]));
        Assert.Contains("node 2 is down (3.9.2 installed)", await sandbox.AskAsync("status"));
        Assert.Matches(@"^ok: node 2 serves on 4\.3\.1 after [0-9.]+ s$", await sandbox.AskAsync("start 2 4.3.1"));
        Assert.True(await RunningSandbox.IsOpenAsync(sandbox.Bootstrap[1]));
        Assert.Equal("ok: node 2 runs 4.3.1 already", await sandbox.AskAsync("start 2"));
        Assert.Equal("ok: node 3 killed", await sandbox.AskAsync("kill 3"));
        Assert.False(await RunningSandbox.IsOpenAsync(sandbox.Bootstrap[2]));
        Assert.Equal("ok: node 1 answers 50ms later", await sandbox.AskAsync("slow 1 50ms"));
        Assert.Equal("ok: node 2 is cut off from the other nodes", await sandbox.AskAsync("partition 2"));
        Assert.Equal("ok: node 2 healed", await sandbox.AskAsync("heal 2"));
    }

    [Theory]
    [InlineData("stop 7", "error: there is no node 7, expected one of 1, 2, 3")]
    [InlineData("start 1 2.8", "error: start: '2.8', expected a release of the lines 3.3 to 4.3, for instance 3.9.2")]
    [InlineData("slow 1 soon", "error: slow: 'soon', expected a time like 50ms or 2s")]
    public async Task What_cannot_be_done_is_said_and_the_cluster_goes_on(string command, string answer)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        Assert.Equal(answer, await sandbox.AskAsync(command));
        Assert.StartsWith("error: 'stopp 1', expected stop N | ", await sandbox.AskAsync("stopp 1"));
        Assert.StartsWith("node 1 runs ", await sandbox.AskAsync("status"));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_with_nothing_left_behind_also_where_stdin_has_ended(string signal)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.CloseInput();
        Assert.True(await RunningSandbox.IsOpenAsync(sandbox.Bootstrap[0]));

        await sandbox.SignalAsync(signal);

        Assert.Equal((0, ""), await sandbox.EndAsync());
        Assert.False(await RunningSandbox.IsOpenAsync(sandbox.Bootstrap[0]));
    }

    [Fact]
    public async Task An_interrupt_ends_it_also_where_the_script_that_started_it_has_them_ignored()
    {
        await using var sandbox = await RunningSandbox.StartInBackgroundAsync();

        await sandbox.SignalAsync("INT");

        Assert.Equal((0, ""), await sandbox.EndAsync());
    }

    [Fact]
    public async Task Quit_ends_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        await sandbox.GiveAsync("quit");

        Assert.Equal((0, ""), await sandbox.EndAsync());
    }

    [Theory]
    [InlineData("--release", "2.8.2", "--release: '2.8.2', expected a release of the lines 3.3 to 4.3, for instance 3.9.2")]
    [InlineData("--brokers", "0", "--brokers: 0, expected 1 to 1000")]
    [InlineData("--topics", "orders:6", "--topics: 'orders:6', expected NAME:PARTITIONS:RF with at most 200000 partitions and 3 replicas")]
    [InlineData("--topics", "orders:6:4", "--topics: 'orders:6:4', expected NAME:PARTITIONS:RF with at most 200000 partitions and 3 replicas")]
    [InlineData("--disk", "much", "--disk: 'much', expected a size like 500G")]
    [InlineData("--latency", "5", "--latency: '5', expected a time like 50ms or 2s")]
    public Task A_word_that_is_wrong_is_named_before_anything_listens(string option, string value, string message) =>
        site.RefusesAsync(2, message, "sandbox", option, value);
}
