using System.Net;
using System.Net.Sockets;

namespace Metamorph.Sessions;

/// <summary>Words that the command line does not know, and commands that need nothing but themselves.</summary>
public sealed class CommandLineSessions : IDisposable
{
    private const string TryHelp = "\nmetamorph: try 'metamorph --help'";

    private readonly Site site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task Help_lists_every_command_in_the_order_of_an_upgrade()
    {
        var session = await Operator.RunAsync(site.Folder, "--help");

        var commands = session.Output.Split('\n').SkipWhile(line => line != "Commands:").Skip(1).Select(line => line.Trim().Split(' ')[0]);
        Assert.Equal(0, session.ExitCode);
        Assert.Equal("", session.Error);
        Assert.Equal(
            ["demo", "inspect", "check", "plan", "upgrade", "status", "pause", "resume", "abort", "approve", "report", "traffic", "releases", "lint", "sandbox"],
            commands.Where(command => command.Length > 0));
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var session = await Operator.RunAsync(site.Folder, "--version");

        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+(\+[0-9a-f]+)?$", session.Output);
    }

    [Fact]
    public Task No_command_is_an_error_that_says_where_the_commands_are() =>
        site.RefusesAsync(2, "no command, expected one; try 'metamorph --help'");

    [Fact]
    public Task A_word_that_is_no_command_is_named() =>
        site.RefusesAsync(2, $"Unrecognized command or argument 'upgrad'.{TryHelp}", "upgrad");

    [Fact]
    public Task An_option_that_is_none_is_named() =>
        site.RefusesAsync(2, $"Unrecognized command or argument '--force'.{TryHelp}", "check", "-c", "orders.yaml", "--to", "4.3.1", "--force");

    [Fact]
    public Task A_required_option_that_is_missing_is_named() =>
        site.RefusesAsync(2, $"Option '--cluster' is required.{TryHelp}", "check", "--to", "4.3.1");

    [Fact]
    public Task A_format_that_is_none_is_named_with_those_that_are() =>
        site.RefusesAsync(2, $"--format: 'xml', expected text or json{TryHelp}", "status", "--format", "xml");

    [Theory]
    [InlineData("4.3")]
    [InlineData("4.3.1-rc1")]
    [InlineData("latest")]
    public async Task A_target_that_is_no_release_is_named_with_one_that_is(string to)
    {
        foreach (var command in new[] { "check", "plan", "upgrade" })
        {
            await site.RefusesAsync(2, $"--to: '{to}' is no release, expected one like 4.3.1", command, "-c", "orders.yaml", "--to", to);
        }
    }

    [Theory]
    [InlineData("later")]
    [InlineData("after")]
    [InlineData("after=")]
    [InlineData("after=-5m")]
    [InlineData("after=30")]
    [InlineData("after=NaNs")]
    [InlineData("after=99999999999999d")]
    public async Task A_moment_of_the_finalisation_that_is_none_is_named_with_those_that_are(string when)
    {
        foreach (var command in new[] { "check", "plan", "upgrade" })
        {
            await site.RefusesAsync(
                2, $"--finalize: '{when}', expected ask, never, now, or after= with a time like 30m",
                command, "-c", "orders.yaml", "--to", "4.3.1", "--finalize", when);
        }
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("NaNs")]
    [InlineData("99999999999999d")]
    public Task A_patience_that_is_no_time_is_named(string patience) =>
        site.RefusesAsync(
            2, $"--patience: '{patience}', expected a time like 30m", "upgrade", "-c", "orders.yaml", "--to", "4.3.1", "--patience", patience);

    [Fact]
    public Task An_upgrade_without_a_target_asks_for_one() =>
        site.RefusesAsync(2, "upgrade: --to RELEASE or --plan FILE is missing", "upgrade", "-c", "orders.yaml");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"cluster":"orders","clusterId":"x","madeAt":"2026-01-05T09:30:00Z","from":"3.9.2","to":"4.3.1","finalize":{"mode":"ask"},"steps":[{}]}""")]
    [InlineData("""{"cluster":"orders","clusterId":"x","madeAt":"2026-01-05T09:30:00Z","from":"3.9.2","to":"new","finalize":{"mode":"ask"},"steps":[]}""")]
    public async Task A_file_that_holds_no_plan_is_named(string text)
    {
        site.Write("plan.json", text);
        var before = Fingerprint.Of(site.Folder);

        var session = await Operator.RunAsync(site.Folder, "upgrade", "-c", "orders.yaml", "--plan", "plan.json");

        Assert.StartsWith("metamorph: plan.json: ", session.Error);
        Assert.EndsWith(", expected a plan as plan --out writes it", session.Error);
        Assert.Equal((2, ""), (session.ExitCode, session.Output));
        Assert.Equal(before, Fingerprint.Of(site.Folder));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("check", "--to", "4.3.1")]
    [InlineData("plan", "--to", "4.3.1", "--format", "json")]
    [InlineData("upgrade", "--to", "4.3.1", "--yes")]
    public Task A_cluster_that_does_not_answer_is_named_with_its_addresses(string command, params string[] more) =>
        site.RefusesAsync(
            7,
            $"the cluster: no broker answered DescribeCluster: 127.0.0.1:{site.Port}: cannot connect: 127.0.0.1:{site.Port}: Connection refused",
            [command, "-c", "orders.yaml", .. more]);

    [Fact]
    public async Task A_bootstrap_address_that_takes_connections_and_never_speaks_is_given_up()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        site.Edit("orders.yaml", $"{site.Port}", $"{((IPEndPoint)silent.LocalEndPoint!).Port}");

        var session = await Operator.RunAsync(site.Folder, "check", "-c", "orders.yaml", "--to", "4.3.1");

        Assert.Equal((7, ""), (session.ExitCode, session.Output));
        Assert.StartsWith("metamorph: the cluster: no broker answered DescribeCluster: ", session.Error);
    }

    [Fact]
    public async Task The_path_over_the_bridge_is_shown_with_its_points_of_no_return()
    {
        var session = await Operator.RunAsync(site.Folder, "releases", "path", "2.8", "4.3");

        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Equal(
            ["2.8 → 3.9  roll", "3.9 → 3.9  migrate to KRaft", "3.9 → 4.3  roll"],
            session.Output.Split('\n').Where(line => !line.StartsWith(' ')));
        Assert.Equal(3, session.Output.Split('\n').Count(line => line.StartsWith("    no return  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_path_to_the_line_that_runs_says_that_there_is_nothing_to_do()
    {
        var session = await Operator.RunAsync(site.Folder, "releases", "path", "3.9", "3.9.2");

        Assert.Equal(new Session(0, "3.9 → 3.9: nothing to do", ""), session);
    }

    [Fact]
    public async Task A_path_that_is_none_is_refused_with_the_reason()
    {
        await site.RefusesAsync(3, "9.9 is not among the known release lines 2.8 to 4.4", "releases", "path", "2.8", "9.9");
        await site.RefusesAsync(3, "3.9 is older than 4.3: this version does not go back", "releases", "path", "4.3", "3.9");
        await site.RefusesAsync(2, "'new' is no release line, expected one like 3.9", "releases", "path", "3.9", "new");
        await site.RefusesAsync(2, "no command, expected one; try 'metamorph releases --help'", "releases");
    }

    [Fact]
    public async Task Lint_names_what_the_target_will_not_read_as_it_is_meant()
    {
        site.Write("server.properties", "node.id=1\nlog.message.format.version=3.0\n");

        var session = await Operator.RunAsync(site.Folder, "lint", "server.properties", "--to", "4.1");

        Assert.Equal("", session.Error);
        Assert.Contains("server.properties", session.Output);
        Assert.Contains("log.message.format.version", session.Output);
    }

    [Fact]
    public async Task Lint_of_a_config_that_any_line_reads_alike_finds_nothing()
    {
        var session = await Operator.RunAsync(site.Folder, "lint", "node-1/server.properties", "--from", "3.9", "--to", "4.3");

        Assert.Equal(new Session(0, "preflight: nothing found", ""), session);
    }

    [Fact]
    public async Task Lint_says_what_it_cannot_read()
    {
        await site.RefusesAsync(2, $"none.properties: Could not find file '{site["none.properties"]}'.", "lint", "none.properties", "--to", "4.1");
        await site.RefusesAsync(2, "--to: 'new' is no release line, expected one like 4.1", "lint", "node-1/server.properties", "--to", "new");
        site.Write("broken.properties", "node.id=\\u12\n");
        await site.RefusesAsync(
            2, "broken.properties: '\\u' without four hexadecimal digits in '\\u12'", "lint", "broken.properties", "--to", "4.1");
    }
}
