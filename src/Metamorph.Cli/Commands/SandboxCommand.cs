using System.Collections.Immutable;
using System.CommandLine;
using Metamorph.Sandbox;

namespace Metamorph.Cli;

/// <summary><c>metamorph sandbox</c>: a cluster in this process that any Kafka client can use, and that can be broken by hand.</summary>
internal static class SandboxCommand
{
    public static Command Build()
    {
        var brokers = new Option<int>("--brokers") { Description = "Brokers, with the ids 1 and on.", DefaultValueFactory = _ => 3 };
        var controllers = new Option<int>("--controllers") { Description = "Controllers of their own, with the ids 1001 and on; 0: the first brokers are controllers too." };
        var release = new Option<string>("--release") { Description = "The release that its nodes imitate, 3.3 to 4.3.", HelpName = "RELEASE", DefaultValueFactory = _ => "3.9" };
        var racks = new Option<string?>("--racks") { Description = "Racks that the brokers are dealt to in turn.", HelpName = "A,B,…" };
        var topics = new Option<string?>("--topics") { Description = "Topics to begin with.", HelpName = "NAME:PARTITIONS:RF,…" };
        var disk = new Option<string>("--disk") { Description = "The size of each broker's disk, for instance 500G.", HelpName = "SIZE", DefaultValueFactory = _ => "1T" };
        var latency = new Option<string>("--latency") { Description = "How much later each answer comes, for instance 5ms.", HelpName = "TIME", DefaultValueFactory = _ => "0ms" };
        var seed = new Option<long>("--seed") { Description = "Decides every random choice.", DefaultValueFactory = _ => 1 };
        var host = new Option<string>("--host") { Description = "The address to listen on, which clients are told.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "The first broker's port, the others follow; 0: free ones." };
        var twin = new Option<string?>("--twin") { Description = "A snapshot from 'inspect --out' whose cluster it imitates, in place of --brokers and the like.", HelpName = "FILE" };
        var verbose = new Option<bool>("--verbose") { Description = "Tell on stderr what happens in the cluster." };
        var command = new Command("sandbox", "A cluster in this process to point any client at. Reads commands from stdin; 'help' lists them.")
        {
            brokers, controllers, release, racks, topics, disk, latency, seed, host, port, twin, verbose,
        };
        command.SetAction(parsed => RunAsync(
            new SandboxWords
            {
                Brokers = parsed.GetValue(brokers),
                Controllers = parsed.GetValue(controllers),
                Release = parsed.GetValue(release)!,
                Racks = parsed.GetValue(racks),
                Topics = parsed.GetValue(topics),
                Disk = parsed.GetValue(disk)!,
                Latency = parsed.GetValue(latency)!,
                Seed = parsed.GetValue(seed),
                Host = parsed.GetValue(host)!,
                Port = parsed.GetValue(port),
                Twin = parsed.GetValue(twin),
            },
            parsed.GetValue(verbose)));
        return command;
    }

    private static async Task<int> RunAsync(SandboxWords words, bool isVerbose)
    {
        StopSignals.HearInterrupts();
        using var signals = new StopSignals(static _ => { });
        var terminal = new Terminal(isJson: false);
        var broken = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var sandbox = await StartAsync(words, broken.SetResult);
        if (isVerbose)
        {
            await sandbox.Host.AskAsync(() => sandbox.Core.History.Said = Terminal.Warn);
        }

        terminal.Say($"bootstrap: {string.Join(',', sandbox.Bootstrap)}");
        var console = new SandboxConsole(sandbox).RunAsync(terminal, signals.Halt);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = signals.Halt.Register(stopped.SetResult);
        await Task.WhenAny(console, stopped.Task, broken.Task);
        if (broken.Task.IsCompleted)
        {
            throw new InvalidOperationException("the sandbox has an error of its own, and ends", await broken.Task);
        }

        // Where stdin is read still, the process takes the reader with it.
        if (!signals.Halt.IsCancellationRequested)
        {
            await console;
        }

        return ExitCode.Done;
    }

    private static async Task<LiveSandbox> StartAsync(SandboxWords words, Action<Exception> report)
    {
        var plan = words.Plan();
        try
        {
            return await LiveSandbox.StartAsync(plan.Listeners, plan.Topology, plan.Options, report);
        }
        catch (IOException e)
        {
            throw new CommandException(ExitCode.BadInput, $"sandbox: {e.Message}");
        }
    }
}
