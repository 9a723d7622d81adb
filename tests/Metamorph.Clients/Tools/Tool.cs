using System.Diagnostics;
using System.Text.RegularExpressions;
using Metamorph.Clients.Clusters;
using Metamorph.Clients.Programs;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Tools;

/// <summary>One release's tools against one address, each run judged by its exit code and the words that
/// matter.</summary>
/// <param name="dists">Where the releases are.</param>
/// <param name="release">The tools' release.</param>
/// <param name="cluster">Where they go.</param>
/// <remarks>All that a tool says is kept in <c>artifacts/clients/said/</c>, so that what two clusters say can be
/// compared.</remarks>
public sealed partial class Tool(KafkaDists dists, string release, IClusterUnderTest cluster)
{
    private readonly string said = Path.Combine(
        ClientFiles.Root, "artifacts", "clients", "said", cluster.Kind, $"tools-{release}");

    private readonly long since = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private readonly List<string> complaints = [];
    private readonly List<(string Tool, string Deed, bool Good)> done = [];

    public string Release => release;

    /// <summary>What was not as it should be, each with all that the tool said.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>What was tried, in order.</summary>
    public IReadOnlyList<(string Tool, string Deed, bool Good)> Done => done;

    /// <summary>Whether this release is <paramref name="other"/> or newer.</summary>
    public bool IsAtLeast(string other) => Version.Parse(release) >= Version.Parse(other);

    public bool Has(string tool) => File.Exists(dists.Script(release, $"{tool}.sh"));

    /// <summary>Runs a tool and compares; a difference is a complaint, and the tour goes on.</summary>
    public async Task<string> RunAsync(string tool, string deed, IEnumerable<string> arguments, Expected expected)
    {
        var ran = await RunToEndAsync(tool, arguments, expected.Input);
        var words = Essence(ran);
        Keep(tool, deed, words);
        Note(tool, deed, WhatIsWrong(ran, words, expected).ToList(), ran);
        return words;
    }

    /// <summary>Runs a tool until it says <paramref name="awaited"/>: for what takes its time.</summary>
    public async Task<string> UntilAsync(string tool, string deed, IReadOnlyList<string> arguments, string awaited)
    {
        const int most = 15; // each a JVM's start: more than a second
        for (var turn = 1; ; turn++)
        {
            var ran = await RunToEndAsync(tool, arguments, input: null);
            var words = Essence(ran);
            var wrong = WhatIsWrong(ran, words, new Expected(awaited)).ToList();
            if (wrong.Count == 0 || turn == most)
            {
                Keep(tool, deed, words);
                Note(tool, deed, wrong, ran);
                return words;
            }
        }
    }

    /// <summary>Notes something that another program found.</summary>
    public void Note(string tool, string deed, string? complaint)
    {
        lock (gate)
        {
            done.Add((tool, deed, complaint is null));
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{seconds:0.0} s: {tool}, {deed}: {complaint ?? "as expected"}");
            if (complaint is not null)
            {
                complaints.Add($"{release} {tool}, {deed}: {complaint}");
            }
        }
    }

    private void Keep(string tool, string deed, string words)
    {
        Directory.CreateDirectory(said);
        File.WriteAllText(Path.Combine(said, $"{tool}, {deed}.txt"), $"{words.TrimEnd()}\n");
    }

    // What hangs is a complaint as any other.
    private async Task<ToolResult> RunToEndAsync(string tool, IEnumerable<string> arguments, string? input)
    {
        var script = dists.Script(release, $"{tool}.sh");
        var addressed = Addressed(tool, [.. arguments]);
        try
        {
            return await Command.RunAsync(script, addressed, input);
        }
        catch (TimeoutException late)
        {
            return new ToolResult($"{script} {string.Join(' ', addressed)}", ExitCode: 124, "", late.Message);
        }
    }

    private void Note(string tool, string deed, List<string> wrong, ToolResult ran) =>
        Note(tool, deed, wrong.Count == 0 ? null : $"{string.Join("; ", wrong)}\n{ran.CommandLine}\n{Essence(ran)}");

    // The newest tools tell every setting of their client on standard error: a hundred lines. Those of 3.9 end some tables
    // without an end of line, which must not run into the first of these.
    private static string Essence(ToolResult ran) =>
        string.Join('\n', $"{ran.Output}\n{ran.Error}".Split('\n').Where(line =>
            line.Length > 0 && !Setting().IsMatch(line) && !line.Contains(" INFO ", StringComparison.Ordinal)));

    [GeneratedRegex(@"^\t[a-z0-9._]+ = ")]
    private static partial Regex Setting();

    private static IEnumerable<string> WhatIsWrong(ToolResult ran, string said, Expected expected)
    {
        if ((ran.ExitCode == 0) == expected.Fails)
        {
            yield return $"exit code {ran.ExitCode}";
        }

        foreach (var words in expected.Says.Where(words => !Regex.IsMatch(said, words, RegexOptions.IgnoreCase)))
        {
            yield return $"does not say /{words}/";
        }

        foreach (var words in expected.SaysNot.Where(words => Regex.IsMatch(said, words, RegexOptions.IgnoreCase)))
        {
            yield return $"says /{words}/";
        }
    }

    private List<string> Addressed(string tool, List<string> arguments)
    {
        var option = (tool, IsAtLeast("3.0.0")) switch
        {
            ("kafka-get-offsets", false) => "--broker-list",
            _ => "--bootstrap-server",
        };

        // Tools with sub-commands want it before them; kafka-cluster alone wants it after.
        var at = tool == "kafka-cluster" ? arguments.Count : 0;
        var takesNone = tool == "kafka-producer-perf-test" || (tool == "kafka-e2e-latency" && !IsAtLeast("4.2.0"));
        if (!takesNone)
        {
            arguments.InsertRange(at, [option, cluster.Bootstrap]);
        }

        // Releases before 3.0 wait five seconds only, which a busy machine needs to make a connection.
        if (tool == "kafka-consumer-groups")
        {
            arguments.AddRange(["--timeout", "60000"]);
        }

        return arguments;
    }
}
