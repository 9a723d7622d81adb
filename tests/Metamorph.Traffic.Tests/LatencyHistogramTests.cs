using Metamorph.Traffic.Measuring;

namespace Metamorph.Traffic.Tests;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_are_within_a_thousandth_of_the_exact_ones(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();

        // Log-uniform from a microsecond to a minute: as many values in each decade as in any other.
        long[] micros = [.. Enumerable.Range(0, 50_000).Select(_ => (long)Math.Exp(random.NextDouble() * Math.Log(60e6))).Order()];
        foreach (var value in micros.OrderBy(_ => random.Next()))
        {
            histogram.Record(TimeSpan.FromMicroseconds(value));
        }

        foreach (var percent in new[] { 0.1, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100 })
        {
            var exact = micros[Math.Max(1, (int)Math.Ceiling(percent / 100 * micros.Length)) - 1];
            var found = histogram.Percentile(percent)!.Value.TotalMicroseconds;
            Assert.InRange(found, exact, exact * 1.001);
        }
    }

    [Fact]
    public void Every_microsecond_up_to_two_milliseconds_is_told_apart()
    {
        var histogram = new LatencyHistogram();
        for (var micros = 1; micros <= 2000; micros++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(micros));
        }

        Assert.Equal(1, histogram.Percentile(0)!.Value.TotalMicroseconds);
        Assert.Equal(1000, histogram.Percentile(50)!.Value.TotalMicroseconds);
        Assert.Equal(1980, histogram.Percentile(99)!.Value.TotalMicroseconds);
        Assert.Equal(2000, histogram.Percentile(100)!.Value.TotalMicroseconds);
    }

    [Fact]
    public void The_longest_is_exact_and_no_percentile_is_beyond_it()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(12_345.678));
        histogram.Record(TimeSpan.FromHours(3));

        Assert.Equal(TimeSpan.FromHours(3), histogram.Max);
        Assert.InRange(histogram.Percentile(50)!.Value.TotalMilliseconds, 12_345.678, 12_358.1);
        Assert.True(histogram.Percentile(100) <= histogram.Max);
    }

    [Fact]
    public void Nothing_recorded_has_no_percentile() => Assert.Null(new LatencyHistogram().Percentile(50));
}
