using System.Diagnostics;

namespace Metamorph.RealKafka.BadDays;

/// <summary>Waits until the shared cluster is as healthy as the next day expects it.</summary>
internal static class Whole
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Every node serves again, and every replica is in sync.</summary>
    public static async Task AgainAsync(BadDay day)
    {
        var since = Stopwatch.GetTimestamp();
        Said said;
        do
        {
            said = await day.RunAsync("inspect");
            var states = said.Output.Split('\n').Count(line => line.Contains(" serving ", StringComparison.Ordinal));
            if (said.ExitCode == 0 && states == day.Cluster.Nodes.Count && !said.Output.Contains("under-replicated", StringComparison.Ordinal))
            {
                return;
            }
        }
        while (Stopwatch.GetElapsedTime(since) < Patience);

        throw new TimeoutException($"the cluster is not whole again:\n{said.Output}\n{said.Error}");
    }
}
