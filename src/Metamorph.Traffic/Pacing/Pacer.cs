using Metamorph.Traffic.Measuring;

namespace Metamorph.Traffic.Pacing;

/// <summary>Hands over one producer's records when they are due. After a delay of its own it catches up; nothing is left out.</summary>
internal sealed class Pacer(OpenLoopSchedule schedule, RunClock clock)
{
    /// <summary>Hands over every record that becomes due, until the schedule ends or <paramref name="stop"/> comes.</summary>
    /// <param name="producer">Whose records.</param>
    /// <param name="send">Takes a record's partition and the time it was due.</param>
    /// <param name="stop">Ends it between two records; that is no error.</param>
    public async Task RunAsync(int producer, Func<int, TimeSpan, ValueTask> send, CancellationToken stop)
    {
        for (var number = 0L; schedule.DueAt(producer, number) is { } due && !stop.IsCancellationRequested; number++)
        {
            if (clock.Now < due && !await TryWaitAsync(due, stop))
            {
                return;
            }

            await send(schedule.PartitionOf(producer, number), due);
        }
    }

    private async Task<bool> TryWaitAsync(TimeSpan due, CancellationToken stop)
    {
        try
        {
            // Timers know whole milliseconds only, and one that is cut off would be over before it began.
            while (due - clock.Now is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), clock.Time, stop);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
