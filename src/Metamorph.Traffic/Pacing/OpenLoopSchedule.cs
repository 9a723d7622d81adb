namespace Metamorph.Traffic.Pacing;

/// <summary>When each record is to be sent, fixed before the first one is: what the cluster does changes nothing about it.</summary>
/// <param name="RecordsPerSecond">Of all producers together.</param>
/// <param name="Producers">They take turns.</param>
/// <param name="Partitions">Each producer goes through them in turn, beginning at another one.</param>
/// <param name="Duration">Records are due before this; null for ever.</param>
internal sealed record OpenLoopSchedule(double RecordsPerSecond, int Producers, int Partitions, TimeSpan? Duration)
{
    /// <summary>When a producer's record is due, since the beginning; null when it has no more.</summary>
    /// <param name="producer">From 0.</param>
    /// <param name="number">The place among that producer's records, from 0.</param>
    public TimeSpan? DueAt(int producer, long number)
    {
        var due = TimeSpan.FromSeconds(((number * Producers) + producer) / RecordsPerSecond);
        return due < (Duration ?? TimeSpan.MaxValue) ? due : null;
    }

    /// <summary>Where it goes.</summary>
    public int PartitionOf(int producer, long number) => (int)((producer + number) % Partitions);
}
