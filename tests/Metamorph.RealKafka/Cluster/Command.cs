using System.Diagnostics;

namespace Metamorph.RealKafka.Cluster;

/// <summary>What a finished program said.</summary>
public sealed record ToolResult(string CommandLine, int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <exception cref="InvalidOperationException">The exit code is not 0; the message has all that the program wrote.</exception>
    public ToolResult Require() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"{CommandLine}\nexit code {ExitCode}\n{Output}\n{Error}");
}

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    // The slowest tool, a group's reset on a loaded machine, was seen to take 8 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var commandLine = $"{program} {string.Join(' ', start.ArgumentList)}";
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await FeedAsync(process, input);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{commandLine}: still running after {Patience.TotalSeconds} s\n{await output}\n{await error}");
        }

        return new ToolResult(commandLine, process.ExitCode, await output, await error);
    }

    private static async Task FeedAsync(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input, and its exit code tells why.
        }
    }
}
