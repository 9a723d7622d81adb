using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Sandbox;

/// <summary>The machine of one node of a sandbox, as any other driver shows a machine.</summary>
/// <param name="host">Runs the cluster.</param>
/// <param name="core">The cluster.</param>
/// <param name="node">Whose machine it is.</param>
/// <param name="time">Limits the waiting; the time of <paramref name="host"/> at the pace of whoever waits.</param>
public sealed class SandboxNodeDriver(ICoreHost host, ClusterCore core, NodeId node, TimeProvider time) : INodeDriver
{
    /// <summary>Nobody edits the file of a sandbox's node: read once.</summary>
    private ServerProperties? properties;

    private SandboxNode Machine => core.World.Nodes[node];

    public NodeId Node => node;

    public Task<NodeObservation> ObserveAsync(CancellationToken cancellationToken) => host.AskAsync(() => new NodeObservation
    {
        Process = Machine.Life is { } life ? new NodeProcess(life.Pid, life.StartedAt, Observed<KafkaRelease>.Of(life.Release)) : null,
        Installed = Observed<KafkaRelease>.Of(Machine.Installed),
        Properties = properties ??= PropertiesOf(NodeProperties.Of(core.World, Machine)),
        RegistrationEpoch = Machine.Life is { BrokerEpoch: >= 0 and var epoch }
            ? Observed<long>.Of(epoch)
            : Observed<long>.Unknown("its log tells of no registration"),
    });

    /// <summary>A release that the sandbox imitates can be started anywhere, and no other.</summary>
    public Task<IReadOnlyList<Finding>> CheckReleaseAsync(KafkaRelease release, int javaMin, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(ReleaseProfile.All.Any(profile => profile.Line == release.Line)
            ? []
            : [new Finding(
                FindingSeverity.Refusal,
                "release-missing",
                $"node {node}",
                $"{release} is not imitated by the sandbox",
                $"a release of the lines {ReleaseProfile.All[0].Line} to {ReleaseProfile.All[^1].Line}",
                "Choose one of those.")]);

    public async Task<StopOutcome> StopAsync(int pid, TimeSpan patience, CancellationToken cancellationToken)
    {
        var gone = await host.AskAsync(() => Machine.Life is { } life && life.Pid == pid ? WhenGone(life) : null);
        if (gone is null)
        {
            return StopOutcome.Stopped;
        }

        host.Submit(new Input.Ordered(node, new NodeOrder.Stop()));
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var late = either.Token.Register(() => gone.TrySetResult(false));
        var isGone = await gone.Task;
        cancellationToken.ThrowIfCancellationRequested();
        return isGone ? StopOutcome.Stopped : StopOutcome.StillStopping;
    }

    public async Task<int> StartAsync(KafkaRelease release, CancellationToken cancellationToken)
    {
        if (await host.AskAsync(() => Machine.Life) is { } running && running.Release != release)
        {
            throw new NodeStartException(node, $"node {node} runs {running.Release} already (pid {running.Pid})");
        }

        host.Submit(new Input.Ordered(node, new NodeOrder.Start(release)));
        return await host.AskAsync(() => Machine.Life?.Pid)
            ?? throw new NodeStartException(node, string.Join(Environment.NewLine, Machine.Log.TakeLast(1)));
    }

    public Task<LogExcerpt> ReadLogAsync(long from, CancellationToken cancellationToken) => host.AskAsync(() =>
    {
        var begin = from > Machine.Log.Count ? 0 : (int)from;
        return new LogExcerpt([.. Machine.Log.Skip(begin)], Machine.Log.Count);
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ServerProperties PropertiesOf(ImmutableSortedDictionary<string, string> values) =>
        new(string.Concat(values.Select(value => $"{value.Key}={value.Value}\n")), values);

    private static TaskCompletionSource<bool> WhenGone(NodeLife life)
    {
        var gone = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        life.WhenGone.Add(() => gone.TrySetResult(true));
        return gone;
    }
}
