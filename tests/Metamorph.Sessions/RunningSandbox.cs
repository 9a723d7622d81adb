using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Metamorph.Sessions;

/// <summary><c>metamorph sandbox</c> as somebody runs it: commands on its stdin, answers on its stdout. Ended with the test.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private RunningSandbox(Process process) => this.process = process;

    /// <summary>The endpoints of its first line.</summary>
    public IReadOnlyList<IPEndPoint> Bootstrap { get; private set; } = [];

    private static string Program => Path.Combine(AppContext.BaseDirectory, "metamorph");

    public static Task<RunningSandbox> StartAsync(params string[] options) => StartAsync(Program, ["sandbox", .. options]);

    /// <summary>As a script starts what it puts into the background: with SIGINT ignored.</summary>
    public static Task<RunningSandbox> StartInBackgroundAsync() =>
        StartAsync("/bin/sh", ["-c", "trap '' INT; exec \"$0\" \"$@\"", Program, "sandbox"]);

    private static async Task<RunningSandbox> StartAsync(string program, IReadOnlyList<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var sandbox = new RunningSandbox(process);
        var first = await sandbox.ReadLineAsync();
        Assert.StartsWith("bootstrap: ", first);
        sandbox.Bootstrap = [.. first["bootstrap: ".Length..].Split(',').Select(IPEndPoint.Parse)];
        return sandbox;
    }

    /// <summary>Gives a command, and reads the one line that answers it.</summary>
    public async Task<string> AskAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

    public async Task GiveAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
    }

    public void CloseInput() => process.StandardInput.Close();

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code, and what it said on stderr.</returns>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await process.StandardError.ReadToEndAsync());
    }

    /// <summary>Whether a client can connect to an endpoint.</summary>
    public static async Task<bool> IsOpenAsync(IPEndPoint endpoint)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException($"the sandbox has ended: {await process.StandardError.ReadToEndAsync()}");
}
