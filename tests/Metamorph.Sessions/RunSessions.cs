using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Metamorph.Model;

namespace Metamorph.Sessions;

/// <summary>What <c>status</c>, <c>report</c> and the requests say of a run, held against files.</summary>
public sealed partial class RunSessions : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Objection[] TooFewInSync =
    [
        new Objection.WouldStarve(new("orders", 0), IsrAfter: 1, Floor: 2),
        new Objection.WouldStarve(new("orders", 3), IsrAfter: 1, Floor: 2),
        new Objection.NodeNotServing(new(2), "its broker listener does not answer"),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("metamorph-session-").FullName;

    private string Runs => Path.Combine(folder, "runs");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_finished_run_is_told_from_its_journal()
    {
        Write(run => run.Finishes());

        await SaysAsync("finished");
    }

    [Fact]
    public async Task A_blocked_run_tells_why_and_how_to_go_on()
    {
        Write(run => run.Taken().BacksUp().Restarts(2)
            .Waits("restart-3", GateNames.MayStop, 3, [.. TooFewInSync])
            .After(1800, new UpgradeEvent.RunEnded(RunEnding.Blocked, "the gate may-stop did not open: nothing changed for 1800 s")));

        await SaysAsync("blocked");
    }

    [Fact]
    public async Task A_step_that_halted_is_what_to_look_at_first()
    {
        Write(run => run.Taken().BacksUp().Restarts(2)
            .After(0.1, new UpgradeEvent.StepStarted(new("restart-3")))
            .After(0.1, new UpgradeEvent.NodeStopping(new("restart-3"), new(3), Pid: 103, new(3, 9, 2)))
            .After(600, new UpgradeEvent.StepHalted(new("restart-3"), "node 3 is still in its controlled shutdown after 600 s"))
            .Ends(RunEnding.Blocked, "node 3 is still in its controlled shutdown after 600 s"));

        await SaysAsync("halted");
    }

    [Fact]
    public async Task A_run_that_awaits_approval_says_what_is_open_and_what_to_do()
    {
        Write(run => run.Taken().BacksUp().Restarts(2).Restarts(3).Restarts(1)
            .Waits("await-approval", GateNames.Approval, null, new Objection.ApprovalMissing())
            .Ends(RunEnding.AwaitingApproval, "the finalisation waits for approval"));

        await SaysAsync("awaiting-approval");
    }

    [Fact]
    public async Task A_run_that_was_given_up_says_where_the_nodes_are()
    {
        Write(run => run.Taken().BacksUp().Restarts(2)
            .After(1, new UpgradeEvent.RequestTaken(OperatorRequest.Abort, "kim@ops-1"))
            .Ends(RunEnding.Aborted, "given up by kim@ops-1"));

        await SaysAsync("aborted");
    }

    [Fact]
    public async Task A_run_without_an_event_is_planned()
    {
        Write(run => run);

        await SaysAsync("planned");
    }

    [Fact]
    public async Task A_run_that_waits_says_for_what_and_that_nobody_holds_it_any_more()
    {
        Write(run => run.Taken().BacksUp().Restarts(2).Waits("restart-3", GateNames.MayStop, 3, [.. TooFewInSync]));

        await SaysAsync("waiting");
    }

    [Fact]
    public async Task A_run_that_somebody_holds_is_not_said_to_be_left_alone()
    {
        using var run = new RunBook(Runs);
        run.Taken().BacksUp().Restarts(2);

        var session = await Operator.RunAsync(folder, "status");

        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.DoesNotContain("No Metamorph holds this run", session.Output);
        Assert.Contains($"{run.Name}  orders 3.9.2 → 4.3.1\nrunning, 2 of 8 steps, ", session.Output);
    }

    [Fact]
    public async Task The_latest_run_is_meant_when_none_is_named()
    {
        Write(run => run.Finishes());
        var second = Write(run => run.Taken());

        var latest = await Operator.RunAsync(folder, "status", "--format", "json");
        var named = await Operator.RunAsync(folder, "status", "2026-01-05T0930Z-orders-4.3.1", "--format", "json");
        var byPath = await Operator.RunAsync(folder, "status", Path.Combine(Runs, second), "--format", "json");

        Assert.Equal("2026-01-05T0930Z-orders-4.3.1-2", second);
        Assert.Equal(second, (string?)JsonNode.Parse(latest.Output)!["run"]);
        Assert.Equal("2026-01-05T0930Z-orders-4.3.1", (string?)JsonNode.Parse(named.Output)!["run"]);
        Assert.Equal(second, (string?)JsonNode.Parse(byPath.Output)!["run"]);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("report")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("abort")]
    [InlineData("approve")]
    public async Task A_command_about_a_run_without_one_says_where_it_looked(string command)
    {
        Assert.Equal(
            new Session(2, "", $"metamorph: {Runs}: no runs there, expected one; see --run-dir"), await Operator.RunAsync(folder, command));

        Directory.CreateDirectory(Runs);
        File.WriteAllText(Path.Combine(folder, "notes"), "");
        Assert.Equal(
            new Session(2, "", $"metamorph: {Path.Combine(folder, "notes")}: no runs there, expected one; see --run-dir"),
            await Operator.RunAsync(folder, command, "--run-dir", "notes"));
        Assert.Equal(
            new Session(2, "", $"metamorph: RUN: 'yesterday' is neither a run of {Runs} nor a run directory"),
            await Operator.RunAsync(folder, command, "yesterday"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Runs));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("approve")]
    public async Task A_request_is_left_for_the_executor_as_one_file(string request)
    {
        var run = Write(book => book.Taken().BacksUp());

        var session = await Operator.RunAsync(folder, request);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(Runs, run, "requests")));
        Assert.Equal(request, (string?)JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["request"]);
        Assert.Equal(
            new Session(0, $"{run}: asked to {request}. No Metamorph holds this run now; it is taken when the same upgrade is started again", ""),
            session);
    }

    [Fact]
    public async Task A_run_that_nobody_holds_is_aborted_at_once()
    {
        var run = Write(book => book.Taken().BacksUp());

        var session = await Operator.RunAsync(folder, "abort");

        Assert.Equal(new Session(0, $"{run}: aborted; no Metamorph held it, and the nodes stay as they are", ""), session);
        var status = await Operator.RunAsync(folder, "status", "--format", "json");
        Assert.Equal("aborted", (string?)JsonNode.Parse(status.Output)!["state"]);
    }

    [Fact]
    public async Task Whoever_holds_the_run_is_named_as_the_one_who_takes_the_request()
    {
        using var run = new RunBook(Runs);
        run.Taken();

        var session = await Operator.RunAsync(folder, "pause");

        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Matches($"^{run.Name}: asked to pause; process {Environment.ProcessId} of .+ takes it after the step in hand$", session.Output);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("approve")]
    public async Task A_run_that_is_over_takes_no_requests(string request)
    {
        var run = Write(book => book.Finishes());
        var before = Fingerprint.Of(folder);

        var session = await Operator.RunAsync(folder, request);

        Assert.Equal(new Session(2, "", $"metamorph: {run} has ended; there is nothing to {request}"), session);
        Assert.Equal(before, Fingerprint.Of(folder));
    }

    [Fact]
    public async Task An_upgrade_to_another_release_than_the_unfinished_one_is_refused()
    {
        using var site = new Site();
        using (var book = new RunBook(site["runs"]))
        {
            book.Taken().BacksUp();
        }

        await site.RefusesAsync(
            3,
            "2026-01-05T0930Z-orders-4.3.1 to 4.3.1 is unfinished; --to 4.1.1 would be a second one. Go on with --to 4.3.1, or abort it first",
            "upgrade", "-c", "orders.yaml", "--to", "4.1.1", "--yes");
    }

    [Fact]
    public async Task An_upgrade_whose_run_another_process_holds_is_refused_with_its_name()
    {
        using var site = new Site();
        using var book = new RunBook(site["runs"]);
        book.Taken().BacksUp();
        var before = Fingerprint.Of(site.Folder);

        var session = await Operator.RunAsync(site.Folder, "upgrade", "-c", "orders.yaml", "--to", "4.3.1", "--yes");

        Assert.Equal((8, ""), (session.ExitCode, session.Output));
        Assert.StartsWith($"metamorph: cluster orders is held by process {Environment.ProcessId} of ", session.Error);
        Assert.EndsWith("Nothing was touched. Wait for it, or steer it: `metamorph status`, `pause` and `abort` work from any terminal.", session.Error);
        Assert.Equal(before, Fingerprint.Of(site.Folder));
    }

    [Fact]
    public async Task A_run_that_cannot_be_held_is_an_error_of_the_directory()
    {
        using var site = new Site();
        using (var book = new RunBook(site["runs"]))
        {
            book.Taken().BacksUp();
        }

        // Root may write everywhere, so a folder stands where the lock belongs.
        File.Delete(site["runs/.lock-orders"]);
        Directory.CreateDirectory(site["runs/.lock-orders"]);

        await site.RefusesAsync(
            2, $"{site["runs/.lock-orders"]}: no rights to lock", "upgrade", "-c", "orders.yaml", "--to", "4.3.1", "--yes");
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_an_error_of_the_directory()
    {
        var run = Write(book => book.Finishes());
        var blocked = Path.Combine(Runs, run, "report.md");
        Directory.CreateDirectory(blocked);

        var session = await Operator.RunAsync(folder, "report");

        Assert.Equal((2, ""), (session.ExitCode, session.Output));
        Assert.StartsWith($"metamorph: {blocked} cannot be written: ", session.Error);
    }

    /// <summary>Holds status and report, as text and JSON, against their files, and sees the three reports written.</summary>
    private async Task SaysAsync(string golden)
    {
        var status = await Operator.RunAsync(folder, "status");
        var statusJson = await Operator.RunAsync(folder, "status", "--format", "json");
        var reportJson = await Operator.RunAsync(folder, "report", "--format", "json");
        var report = await Operator.RunAsync(folder, "report");

        Assert.All([status, statusJson, reportJson, report], session => Assert.Equal((0, ""), (session.ExitCode, session.Error)));
        var path = Path.Combine(Runs, (string)JsonNode.Parse(statusJson.Output)!["run"]!);
        Assert.Contains("orders", report.Output);
        Assert.EndsWith($"\n{Path.Combine(path, "report.html")}", report.Output);
        Assert.Equal(Pretty(reportJson.Output), Pretty(await File.ReadAllTextAsync(Path.Combine(path, "report.json"), TestContext.Current.CancellationToken)));
        Assert.Contains("orders", await File.ReadAllTextAsync(Path.Combine(path, "report.md"), TestContext.Current.CancellationToken));
        Assert.Contains("orders", await File.ReadAllTextAsync(Path.Combine(path, "report.html"), TestContext.Current.CancellationToken));
        Assert.Multiple(
            () => Golden.Check($"{golden}.status.txt", Timeless(status.Output)),
            () => Golden.Check($"{golden}.status.json", Pretty(statusJson.Output)),
            () => Golden.Check($"{golden}.report.json", Pretty(reportJson.Output)));
    }

    private string Write(Func<RunBook, RunBook> happens)
    {
        using var run = new RunBook(Runs);
        return happens(run).Name;
    }

    /// <summary>One document and nothing else, indented; what is counted up to the moment of looking is left out.</summary>
    private static string Pretty(string output)
    {
        var document = JsonNode.Parse(output)!.AsObject();
        var isOver = document.ContainsKey("ending");
        if (document.ContainsKey("eta"))
        {
            document["eta"] = "TIME";
        }

        if (!isOver && document["waits"] is JsonArray { Count: > 0 } waits)
        {
            waits[^1]!["seconds"] = "SECONDS";
        }

        return document.ToJsonString(Indented);
    }

    private static string Timeless(string text) => text.Contains("No Metamorph holds this run", StringComparison.Ordinal)
        ? UpToNow().Replace(text, "TIME")
        : text;

    [GeneratedRegex(@"(?<=steps, ).+?(?= so far)|(?<=about ).+?(?= to go)|(?<=^waiting for )[^:,\n]+(?=: )|(?<=^  … .*  )\d.*$", RegexOptions.Multiline)]
    private static partial Regex UpToNow();
}
