using Metamorph.Model;
using Metamorph.Nodes;

namespace Metamorph.Execution;

/// <summary>Shows what a node writes while something is awaited from it.</summary>
internal sealed class NodeLog(UpgradeRun run, INodeDriver driver)
{
    /// <summary>Lines journaled per restart: enough to follow a shutdown, too few to drown the journal.</summary>
    private const int LineLimit = 40;

    private const int LastLines = 12;

    /// <summary>How often the log is looked at: what a person perceives as at once.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Queue<string> last = new();
    private long position;
    private int journaled;

    /// <summary>What was written before is history; only what comes now is shown.</summary>
    public async Task SkipToEndAsync(CancellationToken cancellationToken)
    {
        LogExcerpt excerpt;
        do
        {
            excerpt = await driver.ReadLogAsync(position, cancellationToken);
            var moved = excerpt.Next != position;
            position = excerpt.Next;
            if (!moved)
            {
                return;
            }
        }
        while (true);
    }

    /// <summary>Awaits <paramref name="work"/>, journaling telling lines of the node's log meanwhile.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, run.DelayAsync(Interval, cancellationToken));
            await ReadAsync(cancellationToken);
        }

        return await work;
    }

    public async Task<string> LastLinesAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return last.Count == 0 ? "nothing" : string.Join(" | ", last);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var excerpt = await driver.ReadLogAsync(position, cancellationToken);
        position = excerpt.Next;
        foreach (var line in excerpt.Lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            last.Enqueue(line);
            if (last.Count > LastLines)
            {
                last.Dequeue();
            }

            if (journaled < LineLimit && IsTelling(line))
            {
                journaled++;
                run.Append(new UpgradeEvent.NodeLogged(driver.Node, line));
            }
        }
    }

    /// <summary>Warnings, errors, and the milestones of a shutdown and a start; not the hundreds of lines between.</summary>
    private static bool IsTelling(string line) =>
        line.Contains(" ERROR ", StringComparison.Ordinal)
        || line.Contains(" FATAL ", StringComparison.Ordinal)
        || line.Contains("ontrolled shutdown", StringComparison.Ordinal)
        || line.Contains("Registered broker", StringComparison.OrdinalIgnoreCase)
        || line.Contains("Recovering", StringComparison.Ordinal)
        || line.Contains("Kafka Server started", StringComparison.Ordinal);
}
