namespace Metamorph.RealKafka.Cluster;

/// <summary>One release's command line tools, pointed at one cluster.</summary>
public sealed class KafkaTools(KafkaDists dists, string release, string bootstrap)
{
    // These take the address in another way, or none.
    private static readonly string[] WithoutBootstrap =
        ["kafka-storage.sh", "kafka-dump-log.sh", "kafka-producer-perf-test.sh", "kafka-run-class.sh"];

    public string Release { get; } = release;

    /// <summary>Runs a tool to its end, with <c>--bootstrap-server</c> added unless an address is given.</summary>
    public Task<ToolResult> RunAsync(string tool, params IEnumerable<string> arguments) => RunAsync(tool, input: null, arguments);

    /// <summary>As above, with <paramref name="input"/> on the tool's standard input.</summary>
    public Task<ToolResult> RunAsync(string tool, string? input, IEnumerable<string> arguments)
    {
        List<string> given = [.. arguments];
        var needsAddress = !WithoutBootstrap.Contains(tool)
            && !given.Any(argument => argument.StartsWith("--bootstrap", StringComparison.Ordinal));
        if (needsAddress)
        {
            // In front, where tools with sub-commands want it and the others take it too.
            given.InsertRange(0, ["--bootstrap-server", bootstrap]);
        }

        return Command.RunAsync(dists.Script(Release, tool), given, input);
    }
}
