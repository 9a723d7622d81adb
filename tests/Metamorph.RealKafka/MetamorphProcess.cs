using System.Diagnostics;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka;

/// <summary>The built <c>metamorph</c> program, run as a process of its own: what an operator runs.</summary>
public sealed class MetamorphProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly SeenProcess? seen;
    private readonly Lock gate = new();
    private readonly List<string> output = [];
    private readonly List<string> error = [];
    private TaskCompletionSource news = NewSignal();
    private bool exited;

    private MetamorphProcess(Process process)
    {
        this.process = process;
        seen = ProcessTable.See(process.Id);
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = WatchExitAsync();
    }

    /// <summary>What it wrote to standard output so far.</summary>
    public IReadOnlyList<string> Output => Copy(output);

    /// <summary>What it wrote to standard error so far.</summary>
    public IReadOnlyList<string> Error => Copy(error);

    /// <summary>Null while it runs; 128 and the signal's number when a signal ended it.</summary>
    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <summary>Completes with the exit code once it has ended and all it wrote has been read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts the program that was built with these tests.</summary>
    /// <param name="workingDirectory">Where relative paths begin, <c>runs/</c> above all; a cluster's folder, for instance.</param>
    /// <param name="arguments">The command line, one argument each.</param>
    public static MetamorphProcess Start(string workingDirectory, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "metamorph"), arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new MetamorphProcess(Process.Start(start)!);
    }

    /// <summary>Waits for a line on standard output or error; lines written before count too, unless <paramref name="after"/> skips them.</summary>
    /// <param name="isIt">Which line.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="after">How many lines of each stream to pass over, see <see cref="Output"/> and <see cref="Error"/>.</param>
    /// <exception cref="TimeoutException">No such line in time; the message has all that was written.</exception>
    /// <exception cref="InvalidOperationException">The program ended without such a line.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> isIt, TimeSpan patience, (int Output, int Error) after = default)
    {
        var until = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            Task signal;
            bool ended;
            lock (gate)
            {
                if (output.Skip(after.Output).Concat(error.Skip(after.Error)).FirstOrDefault(isIt) is { } found)
                {
                    return found;
                }

                signal = news.Task;
                ended = exited;
            }

            if (ended)
            {
                throw new InvalidOperationException($"metamorph ended with {ExitCode} before the awaited line\n{Transcript()}");
            }

            await WaitAsync(signal, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), until), "the awaited line did not come");
        }
    }

    /// <exception cref="TimeoutException">It still runs; the message has all that was written.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        await WaitAsync(Exited, patience, "metamorph did not end");
        return await Exited;
    }

    /// <summary>Kills it (SIGKILL), as a crash of its machine would; what it started lives on.</summary>
    public Task KillAsync() => SendAsync(Signal.Kill);

    /// <summary>Ctrl-C (SIGINT). Does not wait for the end.</summary>
    public void Interrupt()
    {
        if (seen is not null)
        {
            ProcessTable.Send(seen, Signal.Interrupt);
        }
    }

    /// <summary>All that was written, for a failure's message.</summary>
    public string Transcript() => $"--- stdout\n{string.Join('\n', Output)}\n--- stderr\n{string.Join('\n', Error)}";

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Transcript());
        }

        await KillAsync();
        process.Dispose();
    }

    private async Task SendAsync(Signal signal)
    {
        if (seen is not null)
        {
            ProcessTable.Send(seen, signal);
        }

        await Exited;
    }

    private async Task<int> WatchExitAsync()
    {
        await process.WaitForExitAsync();
        lock (gate)
        {
            exited = true;
        }

        Announce();
        return process.ExitCode;
    }

    private async Task WaitAsync(Task awaited, TimeSpan patience, string otherwise)
    {
        try
        {
            await awaited.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{otherwise}\n{Transcript()}");
        }
    }

    private void Keep(List<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Add(line);
        }

        Announce();
    }

    private void Announce()
    {
        TaskCompletionSource reached;
        lock (gate)
        {
            (reached, news) = (news, NewSignal());
        }

        reached.SetResult();
    }

    private List<string> Copy(List<string> lines)
    {
        lock (gate)
        {
            return [.. lines];
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
