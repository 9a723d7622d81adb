using System.Globalization;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Sandbox;

namespace Metamorph.Cli;

/// <summary>Takes commands for a sandbox, one a line, and answers each on one line.</summary>
internal sealed class SandboxConsole(LiveSandbox sandbox)
{
    private const string Help =
        "stop N | kill N | start N [RELEASE] | slow N TIME | freeze N | partition N | heal N | status | help | quit";

    /// <summary>How long a command waits for what it has begun, before it says that it goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Reads until <c>quit</c> or the end. At the end of stdin the sandbox goes on; only a signal ends it then.</summary>
    public async Task RunAsync(Terminal terminal, CancellationToken halt)
    {
        while (await Terminal.ReadLineAsync(halt) is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["quit"])
            {
                return;
            }

            if (words.Length > 0)
            {
                terminal.Say(await AnswerAsync(words, halt));
            }
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, halt);
    }

    private async Task<string> AnswerAsync(string[] words, CancellationToken halt)
    {
        try
        {
            return words switch
            {
                ["help"] => Help,
                ["status"] => await sandbox.Host.AskAsync(sandbox.Core.Describe),
                ["stop", var node] => await StopAsync(NodeOf(node), halt),
                ["kill", var node] => await OrderAsync(NodeOf(node), new NodeOrder.Kill(), "killed"),
                ["start", var node] => await StartAsync(NodeOf(node), null, halt),
                ["start", var node, var release] => await StartAsync(NodeOf(node), SandboxWords.ReleaseOf(release, "start"), halt),
                ["slow", var node, var time] => await OrderAsync(NodeOf(node), new NodeOrder.Slow(SandboxWords.TimeOf(time, "slow")), $"answers {time} later"),
                ["freeze", var node] => await OrderAsync(NodeOf(node), new NodeOrder.Freeze(), "stands still"),
                ["partition", var node] => await OrderAsync(NodeOf(node), new NodeOrder.Partition(), "is cut off from the other nodes"),
                ["heal", var node] => await OrderAsync(NodeOf(node), new NodeOrder.Heal(), "healed"),
                _ => $"error: '{string.Join(' ', words)}', expected {Help}",
            };
        }
        catch (CommandException e)
        {
            return $"error: {e.Message}";
        }
    }

    private INodeDriver NodeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && sandbox.Drivers.TryGetValue(new NodeId(id), out var driver)
            ? driver
            : throw new CommandException(ExitCode.BadInput, $"there is no node {text}, expected one of {string.Join(", ", sandbox.Drivers.Keys)}");

    private async Task<string> OrderAsync(INodeDriver node, NodeOrder order, string done)
    {
        sandbox.Host.Submit(new Input.Ordered(node.Node, order));
        var process = (await node.ObserveAsync(CancellationToken.None)).Process;
        return order is NodeOrder.Kill || process is not null
            ? $"ok: node {node.Node} {done}"
            : $"ok: node {node.Node} {done}; no process runs on it";
    }

    private static async Task<string> StopAsync(INodeDriver node, CancellationToken halt)
    {
        if ((await node.ObserveAsync(halt)).Process is not { } process)
        {
            return $"ok: node {node.Node} does not run";
        }

        var began = TimeProvider.System.GetTimestamp();
        return await node.StopAsync(process.Pid, Patience, halt) == StopOutcome.Stopped
            ? string.Create(CultureInfo.InvariantCulture, $"ok: node {node.Node} stopped in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s")
            : $"ok: node {node.Node} is still in controlled shutdown";
    }

    private async Task<string> StartAsync(INodeDriver node, KafkaRelease? release, CancellationToken halt)
    {
        var now = await node.ObserveAsync(halt);
        if (now.Process is { } process)
        {
            return release is { } wanted && process.Release.Value != wanted
                ? $"error: node {node.Node} runs {process.Release.Value} already; stop it first"
                : $"ok: node {node.Node} runs {process.Release.Value} already";
        }

        using var serving = new ServingWait(sandbox, node.Node);
        var began = TimeProvider.System.GetTimestamp();
        await node.StartAsync(release ?? now.Installed.Value, halt);
        return await serving.WaitAsync(Patience, halt)
            ? string.Create(CultureInfo.InvariantCulture, $"ok: node {node.Node} serves on {release ?? now.Installed.Value} after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s")
            : $"ok: node {node.Node} was started on {release ?? now.Installed.Value} and does not serve yet";
    }
}
