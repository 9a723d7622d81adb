using System.Diagnostics;
using Metamorph.Clients.Clusters;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Deeds;

/// <summary>A roll by hand, as the upgrade notes describe it: every broker in turn, each whole again before the
/// next.</summary>
public sealed class Roll(IClusterUnderTest cluster, KafkaDists dists)
{
    // The last broker's new registration reaches the controller some seconds after it serves.
    private static readonly TimeSpan FinalizePatience = TimeSpan.FromSeconds(30);

    /// <summary>Restarts every broker on <paramref name="release"/>.</summary>
    public async Task RestartAllAsync(string release)
    {
        foreach (var broker in cluster.Brokers)
        {
            await cluster.StopAsync(broker);
            await cluster.StartAsync(broker, release);
            await ClusterView.UntilWholeAsync(cluster);
        }
    }

    /// <summary>Raises all finalized features to the defaults of a release, 4.0 or newer.</summary>
    public async Task FinalizeAsync(string release)
    {
        var line = string.Join('.', release.Split('.')[..2]);
        var tools = new KafkaTools(dists, release, cluster.Bootstrap);
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var said = await tools.RunAsync("kafka-features.sh", "upgrade", "--release-version", line);
            if (said.ExitCode == 0)
            {
                return;
            }

            var passes = (said.Output + said.Error).Contains("does not support this feature", StringComparison.Ordinal);
            if (!passes || Stopwatch.GetElapsedTime(since) > FinalizePatience)
            {
                said.Require();
            }
        }
    }
}
