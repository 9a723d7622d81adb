namespace Metamorph.Benchmarks;

/// <summary>Times pieces of work on this thread.</summary>
internal static class Measure
{
    /// <summary>The middle of some numbers.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>
    /// Milliseconds of processor time that one call takes, after a collection so that each call pays for its own
    /// garbage only. The work waits for nothing, so on an idle machine this is also the time on the clock; on a busy
    /// one it is still what the work costs.
    /// </summary>
    public static double Milliseconds(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }

    /// <summary>
    /// Seconds in which this machine sorts ten million random numbers: what a number of another day, or of another
    /// machine, is to be compared by.
    /// </summary>
    public static double SecondsToSort()
    {
        var random = new Random(1);
        var numbers = new long[10_000_000];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = random.NextInt64();
        }

        return Milliseconds(() => Array.Sort(numbers)) / 1000;
    }

    /// <summary>Bytes one call allocates.</summary>
    public static long AllocatedBytes(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>
    /// How much slower <paramref name="left"/> is than <paramref name="right"/>: the median over pairs that run one
    /// after the other, in alternating order, so that whatever else the machine does meets both alike.
    /// </summary>
    public static double Ratio(Action left, Action right, int pairs)
    {
        var ratios = new double[pairs];
        for (var pair = 0; pair < pairs; pair++)
        {
            var first = Milliseconds(pair % 2 == 0 ? left : right);
            var second = Milliseconds(pair % 2 == 0 ? right : left);
            ratios[pair] = pair % 2 == 0 ? first / second : second / first;
        }

        return Median(ratios);
    }
}
