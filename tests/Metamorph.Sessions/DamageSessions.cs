namespace Metamorph.Sessions;

/// <summary>A run whose files are not as they were written.</summary>
public sealed class DamageSessions : IDisposable
{
    private const string Whole = "Nothing was touched. Restore the file from a copy, or move the run directory away and plan anew: " +
        "a new plan starts from what the cluster is now.";

    private readonly string folder = Directory.CreateTempSubdirectory("metamorph-session-").FullName;
    private readonly string run;

    public DamageSessions()
    {
        using var book = new RunBook(Path.Combine(folder, "runs"));
        run = book.Taken().BacksUp().Restarts(2).Path;
    }

    private string Journal => Path.Combine(run, "journal.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task A_torn_last_line_is_left_out_and_left_alone(int cut)
    {
        var bytes = await File.ReadAllBytesAsync(Journal, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Journal, bytes[..^cut], TestContext.Current.CancellationToken);
        var before = Fingerprint.Of(folder);

        var session = await Operator.RunAsync(folder, "status");

        // The success of the restart is what was torn off: the step is as good as running.
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Contains("running, 1 of 8 steps, ", session.Output);
        Assert.Equal(before, Fingerprint.Of(folder));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("report")]
    [InlineData("pause")]
    public async Task A_byte_that_changed_in_the_middle_stops_every_command_and_names_the_line(string command)
    {
        var lines = await File.ReadAllLinesAsync(Journal, TestContext.Current.CancellationToken);
        lines[2] = lines[2].Replace("backups/node-1", "backups/node-7", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Journal, string.Join('\n', lines) + '\n', TestContext.Current.CancellationToken);

        await DamagedAsync($@"{Journal}, line 3 is damaged: its bytes give checksum [0-9a-f]{{8}}, it carries [0-9a-f]{{8}}; expected the line as it was written\. {Whole}", command);
    }

    [Fact]
    public async Task A_line_that_is_missing_is_named_by_the_gap()
    {
        var lines = await File.ReadAllLinesAsync(Journal, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Journal, string.Join('\n', lines.Where((_, index) => index != 4)) + '\n', TestContext.Current.CancellationToken);

        await DamagedAsync($"{Journal}, line 5 is damaged: sequence number 6; expected 5, one more than the line before. {Whole}", "status");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("approve")]
    public async Task A_plan_that_is_not_the_approved_one_stops_every_command(string command)
    {
        var plan = Path.Combine(run, "plan.json");
        var text = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(plan, text.Replace("4.3.1", "4.3.0", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await DamagedAsync($"{plan} is damaged: SHA-256 [0-9a-f]{{64}}; expected '[0-9a-f]{{64}}  plan.json', as plan.sha256 recorded when it was approved. {Whole}", command);
    }

    [Fact]
    public async Task An_upgrade_of_that_cluster_does_not_go_past_it()
    {
        using var site = new Site();
        Directory.Move(Path.Combine(folder, "runs"), site["runs"]);
        var journal = Path.Combine(site["runs"], Path.GetFileName(run), "journal.jsonl");
        var lines = await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(journal, string.Join('\n', lines[1..]) + '\n', TestContext.Current.CancellationToken);

        await site.RefusesAsync(
            6, $"{journal}, line 1 is damaged: sequence number 2; expected 1, one more than the line before. {Whole}",
            "upgrade", "-c", "orders.yaml", "--to", "4.3.1", "--yes");
    }

    private async Task DamagedAsync(string message, params string[] arguments)
    {
        var before = Fingerprint.Of(folder);

        var session = await Operator.RunAsync(folder, arguments);

        Assert.Equal((6, ""), (session.ExitCode, session.Output));
        Assert.Matches($"^metamorph: {message}$", session.Error);
        Assert.Equal(before, Fingerprint.Of(folder));
    }
}
