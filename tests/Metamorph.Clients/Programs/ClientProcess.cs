using System.Diagnostics;

namespace Metamorph.Clients.Programs;

/// <summary>A running side of a client.</summary>
public sealed class ClientProcess : IAsyncDisposable
{
    // A producer that is told to end flushes first, and a consumer leaves its group: a second or two, more when a
    // leader changes.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly ClientCall call;
    private readonly Action<ClientLine> tell;
    private readonly Queue<string> lastWords = [];
    private readonly CancellationTokenSource feeding = new();
    private readonly Task fed;
    private readonly Task heard;

    private ClientProcess(ClientCall call, Action<ClientLine> tell)
    {
        this.call = call;
        this.tell = tell;
        process = Process.Start(new ProcessStartInfo(call.Program, call.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        heard = Task.WhenAll(HearAsync(process.StandardOutput), HearAsync(process.StandardError));
        fed = call.NumbersPerSecond is { } rate ? FeedAsync(rate) : Task.CompletedTask;
    }

    /// <summary>Starts it; <paramref name="tell"/> hears every line that means something, from any thread.</summary>
    public static ClientProcess Start(ClientCall call, Action<ClientLine> tell) => new(call, tell);

    /// <summary>Completes when it has ended, by itself or told to.</summary>
    public Task Exited => process.WaitForExitAsync();

    /// <summary>The last lines that meant nothing: warnings and errors.</summary>
    public string LastWords
    {
        get
        {
            lock (lastWords)
            {
                return $"{call.Program} {string.Join(' ', call.Arguments)}\n{string.Join('\n', lastWords)}";
            }
        }
    }

    /// <summary>Tells it to end, and waits until it has and all that it wrote is heard.</summary>
    /// <exception cref="TimeoutException">It goes on; <see cref="DisposeAsync"/> ends it.</exception>
    public async Task EndAsync()
    {
        await CloseInputAsync();
        try
        {
            await Task.WhenAll(process.WaitForExitAsync(), heard).WaitAsync(EndPatience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"still running {EndPatience.TotalSeconds} s after it was told to end: {LastWords}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseInputAsync();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        feeding.Dispose();
    }

    private async Task CloseInputAsync()
    {
        await feeding.CancelAsync();
        await fed;
        process.StandardInput.Close();
    }

    private async Task HearAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (call.Understand(line) is { } meaning)
            {
                tell(meaning);
                continue;
            }

            lock (lastWords)
            {
                lastWords.Enqueue(line);
                if (lastWords.Count > 30)
                {
                    lastWords.Dequeue();
                }
            }
        }
    }

    private async Task FeedAsync(int rate)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        try
        {
            for (var number = 0L; await pace.WaitForNextTickAsync(feeding.Token); number++)
            {
                await process.StandardInput.WriteAsync($"{number}\n");
                await process.StandardInput.FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
        catch (IOException)
        {
            // It ended by itself, which whoever watches it sees.
        }
    }
}
