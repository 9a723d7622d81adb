using System.Collections.Immutable;
using System.Text;
using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Execution.Tests;

/// <summary>The machine of one simulated node.</summary>
internal sealed class SimulatedDriver(SimulatedCluster cluster, SimulatedNode node) : INodeDriver
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public NodeId Node => node.Id;

    public async Task<NodeObservation> ObserveAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), cluster.Time, cancellationToken);
        if (cluster.UnreachableMachines.Contains(node.Id.Value))
        {
            throw new NodeUnreachableException(node.Id, $"the machine of node {node.Id} does not answer");
        }

        return new NodeObservation
        {
            Process = cluster.ProcessOf(node),
            Installed = Observed<KafkaRelease>.Of(node.Installed),
            Properties = new ServerProperties($"node.id={node.Id}", ImmutableSortedDictionary<string, string>.Empty.Add("node.id", $"{node.Id}")),
        };
    }

    public Task<IReadOnlyList<Finding>> CheckReleaseAsync(KafkaRelease release, int javaMin, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(cluster.WithoutTarget.Contains(Node.Value)
            ? [new(FindingSeverity.Refusal, "release-missing", $"node {Node}", "not there", $"{release}", "Unpack it.")]
            : []);

    public async Task<StopOutcome> StopAsync(int pid, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = cluster.Time.GetTimestamp();
        cluster.Terminate(node, pid);
        while (node.Running is not null && node.Pid == pid)
        {
            if (cluster.Time.GetElapsedTime(began) >= patience)
            {
                return StopOutcome.StillStopping;
            }

            await Task.Delay(Poll, cluster.Time, cancellationToken);
        }

        return StopOutcome.Stopped;
    }

    public async Task<int> StartAsync(KafkaRelease release, CancellationToken cancellationToken)
    {
        if (node.Running is null && cluster.FailingStarts.Remove(node.Id.Value))
        {
            throw new NodeStartException(node.Id, "Could not find or load main class kafka.Kafka");
        }

        cluster.Start(node, release);
        await Task.Delay(TimeSpan.FromMilliseconds(300), cluster.Time, cancellationToken);
        return node.Pid;
    }

    public Task<LogExcerpt> ReadLogAsync(long from, CancellationToken cancellationToken)
    {
        if (cluster.UnreadableLogs.Contains(node.Id.Value))
        {
            throw new NodeUnreachableException(node.Id, "the log cannot be read");
        }

        return cluster.AreDisksBroken
            ? throw new IOException("input/output error")
            : Task.FromResult(new LogExcerpt([.. node.Log.Skip((int)from)], node.Log.Count));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
