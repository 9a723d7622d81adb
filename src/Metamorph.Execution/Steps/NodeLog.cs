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
        while (await NextAsync(cancellationToken) is { } excerpt && excerpt.Next != position)
        {
            position = excerpt.Next;
        }
    }

    /// <summary>Awaits what <paramref name="begin"/> begins, journaling telling lines of the node's log meanwhile.</summary>
    /// <remarks>It never leaves the work behind: where the journal fails, the work's waiting is ended first.</remarks>
    public async Task<T> WhileAsync<T>(Func<CancellationToken, Task<T>> begin, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = begin(ending.Token);
        try
        {
            while (!work.IsCompleted && !ending.IsCancellationRequested)
            {
                await Task.WhenAny(work, run.DelayAsync(Interval, ending.Token));
                await ReadAsync(ending.Token);
            }
        }
        catch
        {
            ending.Cancel();
            await Task.WhenAny(work);
            throw;
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
        if (await NextAsync(cancellationToken) is not { } excerpt)
        {
            return;
        }

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

    /// <summary>A log is a courtesy: that it cannot be read now must not keep a stopped node from being started.</summary>
    private async Task<LogExcerpt?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await driver.ReadLogAsync(position, cancellationToken);
        }
        catch (NodeUnreachableException)
        {
            return null;
        }
    }

    /// <summary>Errors, and the milestones of a shutdown and a start; not the hundreds of lines between.</summary>
    private static bool IsTelling(string line) =>
        line.Contains(" ERROR ", StringComparison.Ordinal)
        || line.Contains(" FATAL ", StringComparison.Ordinal)
        || line.Contains("ontrolled shutdown", StringComparison.Ordinal)
        || line.Contains("Registered broker", StringComparison.OrdinalIgnoreCase)
        || line.Contains("Recovering", StringComparison.Ordinal)
        || line.Contains("Kafka Server started", StringComparison.Ordinal);
}
