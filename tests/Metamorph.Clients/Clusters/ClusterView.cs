using System.Text.Json;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Clusters;

/// <summary>A cluster's brokers and partitions as one of its brokers tells them, through kcat.</summary>
/// <param name="Addresses">Of the brokers that are up, by id.</param>
public sealed record ClusterView(
    IReadOnlyDictionary<int, string> Addresses, IReadOnlyList<PartitionView> Partitions)
{
    // Against a start of some seconds; a look itself takes a tenth of one.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<ClusterView> LookAsync(IClusterUnderTest cluster) => LookAsync(cluster.Bootstrap);

    /// <summary>Waits until every broker that is up knows <paramref name="topic"/> with all its replicas in sync.</summary>
    public static async Task UntilKnownAsync(IClusterUnderTest cluster, string topic)
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var (broker, address) in (await LookAsync(cluster)).Addresses)
        {
            while (!(await LookAsync(address)).Knows(topic))
            {
                if (patience.IsCancellationRequested)
                {
                    throw new TimeoutException(
                        $"broker {broker} does not know {topic} with all replicas in sync after {Patience.TotalSeconds} s");
                }

                await Task.Delay(Pause);
            }
        }
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
                $"the cluster is not whole after {Patience.TotalSeconds} s: brokers {string.Join(',', view.Addresses.Keys)} "
                + $"of {string.Join(',', cluster.Brokers)}; {behind}");
        }
    }

    private static async Task<ClusterView> LookAsync(string bootstrap)
    {
        var said = (await Command.RunAsync("/usr/bin/kcat", ["-b", bootstrap, "-L", "-J"])).Require();
        using var json = JsonDocument.Parse(said.Output);
        return new ClusterView(
            json.RootElement.GetProperty("brokers").EnumerateArray().ToDictionary(
                broker => broker.GetProperty("id").GetInt32(), broker => broker.GetProperty("name").GetString()!),
            [.. json.RootElement.GetProperty("topics").EnumerateArray().SelectMany(PartitionsOf)]);
    }

    private bool IsWhole(int brokers) => Addresses.Count == brokers && Partitions.All(partition => partition.IsWhole);

    private bool Knows(string topic)
    {
        var partitions = Partitions.Where(partition => partition.Topic == topic).ToList();
        return partitions.Count > 0 && partitions.All(partition => partition.IsWhole);
    }

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
