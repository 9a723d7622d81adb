using System.Diagnostics;
using Metamorph.Clients.Programs;

namespace Metamorph.Clients.Clusters;

/// <summary>The embedded cluster, as a user starts it: the program <c>metamorph sandbox</c>, told what to do line by
/// line.</summary>
public sealed class SandboxProcess : IClusterUnderTest
{
    // It takes a second, on an idle machine; a controlled stop moves leaders first, which takes as long as on real
    // Kafka.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;
    private readonly SemaphoreSlim oneAtATime = new(1);

    private SandboxProcess(Process process, string release, int brokers)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
        Kind = $"sandbox-{release}";
        Folder = Directory.CreateTempSubdirectory("metamorph-sandbox-").FullName;
        Brokers = [.. Enumerable.Range(1, brokers)];
    }

    public string Kind { get; }

    public string Bootstrap { get; private set; } = "";

    public string Folder { get; }

    public IReadOnlyList<int> Brokers { get; }

    /// <summary>Starts it; returns once clients can connect.</summary>
    /// <param name="more">Further options, as <c>--controllers 3</c>.</param>
    public static async Task<SandboxProcess> StartAsync(string release, int brokers = 3, params string[] more)
    {
        var program = Path.Combine(ClientFiles.Root, "artifacts", "bin", "Metamorph.Cli", "debug", "metamorph");
        var process = Process.Start(new ProcessStartInfo(
            program, ["sandbox", "--brokers", $"{brokers}", "--release", release, .. more])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var sandbox = new SandboxProcess(process, release, brokers);
        try
        {
            sandbox.Bootstrap = await sandbox.ReadBootstrapAsync();
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    public Task StopAsync(int broker) => TellAsync($"stop {broker}");

    public Task StartAsync(int broker, string release) => TellAsync($"start {broker} {release}");

    /// <summary>Gives one command and returns its answer, a line.</summary>
    /// <exception cref="InvalidOperationException">It answers with an error, or not at all.</exception>
    public async Task<string> TellAsync(string command)
    {
        await oneAtATime.WaitAsync();
        try
        {
            await process.StandardInput.WriteAsync($"{command}\n");
            await process.StandardInput.FlushAsync();
            var answer = await ReadLineAsync(command);
            return answer.StartsWith("error", StringComparison.OrdinalIgnoreCase)
                ? throw new InvalidOperationException($"sandbox: {command}: {answer}")
                : answer;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await process.StandardInput.WriteAsync("quit\n");
        }

        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the sandbox still ran {Patience.TotalSeconds} s after it was told to quit");
        }
        finally
        {
            Directory.Delete(Folder, recursive: true);
            process.Dispose();
            oneAtATime.Dispose();
        }
    }

    private async Task<string> ReadBootstrapAsync()
    {
        const string start = "bootstrap: ";
        var line = await ReadLineAsync("its start");
        return line.StartsWith(start, StringComparison.Ordinal)
            ? line[start.Length..].Trim()
            : throw new InvalidOperationException($"the sandbox's first line is: {line}");
    }

    private async Task<string> ReadLineAsync(string after) =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"the sandbox ended after {after}: {await errors}");
}
