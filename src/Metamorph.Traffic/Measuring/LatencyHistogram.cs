using System.Numerics;

namespace Metamorph.Traffic.Measuring;

/// <summary>Counts durations in log-linear buckets: any percentile is at most 0.1 % above the truth, from a microsecond to an hour.</summary>
/// <remarks>The layout is that of HdrHistogram with three significant digits. Not thread-safe.</remarks>
public sealed class LatencyHistogram
{
    /// <summary>Buckets of equal width before the width doubles; half of them are used beyond the first run.</summary>
    private const int SubBucketBits = 11;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int HalfSubBuckets = SubBuckets / 2;

    /// <summary>Longer ones count as an hour: by then nobody asks for a digit more.</summary>
    private const long MaxMicros = 3_600_000_000;

    /// <summary>Grows with the longest duration: up to an hour it would be 190 KB, and most never need them.</summary>
    private long[] counts = new long[SubBuckets];

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The longest one, exactly.</summary>
    public TimeSpan Max { get; private set; }

    public void Record(TimeSpan duration)
    {
        var micros = Math.Clamp((long)duration.TotalMicroseconds, 0, MaxMicros);
        var index = IndexOf(micros);
        if (index >= counts.Length)
        {
            Array.Resize(ref counts, Math.Max(2 * counts.Length, index + 1));
        }

        counts[index]++;
        Count++;
        Max = duration > Max ? duration : Max;
    }

    /// <summary>The duration that <paramref name="percent"/> of all do not exceed; null when there is none.</summary>
    /// <param name="percent">From 0 to 100.</param>
    public TimeSpan? Percentile(double percent)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Clamp((long)Math.Ceiling(percent / 100 * Count), 1, Count);
        var seen = 0L;
        for (var index = 0; index < counts.Length; index++)
        {
            seen += counts[index];
            if (seen >= rank)
            {
                var upper = TimeSpan.FromMicroseconds(UpperOf(index));
                return upper < Max ? upper : Max;
            }
        }

        return Max;
    }

    private static int IndexOf(long micros)
    {
        // Below 2048 each microsecond has its bucket; from there on each doubling of the value doubles the width.
        var shift = Math.Max(0, BitOperations.Log2((ulong)micros | 1) - (SubBucketBits - 1));
        return (shift * HalfSubBuckets) + (int)(micros >> shift);
    }

    /// <summary>The greatest number of microseconds that falls into a bucket.</summary>
    private static long UpperOf(int index)
    {
        var shift = Math.Max(0, (index / HalfSubBuckets) - 1);
        var within = (long)index - (shift * HalfSubBuckets);
        return ((within + 1) << shift) - 1;
    }
}
