using System.Text;
using Metamorph.Traffic;

namespace Metamorph.Cli;

/// <summary>Traffic for a person: a line a second while it runs, and the account at the end.</summary>
internal static class TrafficText
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Says where the traffic stands until it has ended. Does not look at how it ended.</summary>
    public static async Task FollowAsync(TrafficRun run, Task running, Terminal terminal)
    {
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Interval, TimeProvider.System));
            if (run.Progress is { Phase: not TrafficPhase.Starting } progress && !running.IsCompleted)
            {
                terminal.Say(Of(progress));
            }
        }
    }

    public static string Of(TrafficProgress progress) =>
        $"{progress.Elapsed:mm\\:ss}  {progress.Phase.ToString().ToLowerInvariant(),-9}  {progress.Totals.Acked} of {progress.Totals.Sent} acknowledged, {progress.Totals.Consumed} consumed, " +
        $"p50 {Ms(progress.ProduceP50Ms)}, p99 {Ms(progress.ProduceP99Ms)}, longest gap {Ms(progress.LongestGapMs)}, {progress.Errors} errors";

    public static string Of(TrafficResult result)
    {
        var text = new StringBuilder();
        text.AppendLine($"sent {result.Sent}, acknowledged {result.Acked}, consumed {result.Consumed} in {result.ProducedSeconds:0.0} s");
        text.AppendLine($"produce latency from the intended send time: p50 {Ms(result.ProduceP50Ms)}, p99 {Ms(result.ProduceP99Ms)}, p99.9 {Ms(result.ProduceP999Ms)}, max {Ms(result.ProduceMaxMs)}");
        text.AppendLine($"end to end: p50 {Ms(result.EndToEndP50Ms)}, p99 {Ms(result.EndToEndP99Ms)}, max {Ms(result.EndToEndMaxMs)}");
        foreach (var error in result.Errors)
        {
            text.AppendLine($"error {error.Name}: {error.Count}");
        }

        if (!result.Drained)
        {
            text.AppendLine("the consumers had not seen everything when the drain timeout passed: some of the lost may only be unread");
        }

        text.Append(Verdict(result));
        return text.ToString();
    }

    /// <summary>The line that a demo ends with.</summary>
    public static string Verdict(TrafficResult result) =>
        $"verdict: {result.Acked} acknowledged, {result.Lost} lost, {result.Duplicated} duplicated, {result.OutOfOrder} out of order, longest gap {result.LongestGapMs:0} ms";

    private static string Ms(double? milliseconds) => milliseconds is { } known ? $"{known:0.0} ms" : "-";
}
