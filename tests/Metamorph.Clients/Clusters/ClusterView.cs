using System.Text.Json;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Clusters;

/// <summary>A cluster's brokers and partitions as one of its brokers tells them, through kcat.</summary>
public sealed record ClusterView(IReadOnlyList<int> Brokers, IReadOnlyList<PartitionView> Partitions)
{
    // Against a start of some seconds; a look itself takes a tenth of one.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<ClusterView> LookAsync(IClusterUnderTest cluster)
    {
        var said = (await Command.RunAsync("/usr/bin/kcat", ["-b", cluster.Bootstrap, "-L", "-J"])).Require();
        using var json = JsonDocument.Parse(said.Output);
        return new ClusterView(
            Ids(json.RootElement.GetProperty("brokers")),
            [.. json.RootElement.GetProperty("topics").EnumerateArray().SelectMany(PartitionsOf)]);
    }

    /// <summary>Waits until every broker is there and every replica in sync, twice in a row.</summary>
    /// <remarks>Twice, for the view of the one broker that answers may be late.</remarks>
    public static async Task UntilWholeAsync(IClusterUnderTest cluster)
    {
        using var patience = new CancellationTokenSource(Patience);
        ClusterView? view = null;
        try
        {
            for (var whole = 0; whole < 2;)
            {
                view = await LookAsync(cluster);
                whole = view.IsWhole(cluster.Brokers.Count) ? whole + 1 : 0;
                await Task.Delay(Pause, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            var behind = string.Join(", ", view!.Partitions.Where(partition => !partition.IsWhole).Take(5));
            throw new TimeoutException(
                $"the cluster is not whole after {Patience.TotalSeconds} s: "
                + $"brokers {string.Join(',', view.Brokers)}; {behind}");
        }
    }

    private bool IsWhole(int brokers) => Brokers.Count == brokers && Partitions.All(partition => partition.IsWhole);

    private static IEnumerable<PartitionView> PartitionsOf(JsonElement topic) =>
        topic.GetProperty("partitions").EnumerateArray().Select(partition => new PartitionView(
            topic.GetProperty("topic").GetString()!,
            partition.GetProperty("partition").GetInt32(),
            partition.GetProperty("leader").GetInt32(),
            Ids(partition.GetProperty("replicas")),
            Ids(partition.GetProperty("isrs"))));

    private static int[] Ids(JsonElement array) =>
        [.. array.EnumerateArray().Select(one => one.GetProperty("id").GetInt32())];
}
