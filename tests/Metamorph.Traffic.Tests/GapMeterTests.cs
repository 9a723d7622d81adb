using Metamorph.Traffic.Measuring;

namespace Metamorph.Traffic.Tests;

public sealed class GapMeterTests
{
    private readonly GapMeter meter = new();

    [Fact]
    public void Nothing_due_is_no_gap()
    {
        DueAndAcked(0, 10);
        DueAndAcked(5000, 5020);

        Assert.Equal(Gap(5000, 20), meter.Longest);
    }

    [Fact]
    public void A_gap_runs_from_one_ack_to_the_next_while_records_are_due()
    {
        meter.Due(Ms(0));
        meter.Due(Ms(5));
        meter.Acked(Ms(10));
        meter.Due(Ms(20));
        meter.Acked(Ms(900));

        Assert.Equal(Gap(10, 890), meter.Longest);
    }

    [Fact]
    public void A_record_handed_over_late_was_not_waiting_while_others_were_acked()
    {
        DueAndAcked(0, 100);
        meter.Due(Ms(50));
        meter.Acked(Ms(180));

        Assert.Equal(Gap(0, 100), meter.Longest);
    }

    [Fact]
    public void A_failure_does_not_end_a_gap()
    {
        meter.Due(Ms(0));
        meter.Failed();
        DueAndAcked(300, 400);

        Assert.Equal(Gap(0, 400), meter.Longest);
    }

    [Fact]
    public void A_gap_that_lasts_still_counts()
    {
        meter.Due(Ms(100));
        meter.Look(Ms(700));

        Assert.Equal(Gap(100, 600), meter.Longest);
    }

    private void DueAndAcked(int due, int acked)
    {
        meter.Due(Ms(due));
        meter.Acked(Ms(acked));
    }

    private static Gap Gap(int begin, int length) => new(Ms(begin), Ms(length));

    private static TimeSpan Ms(int value) => TimeSpan.FromMilliseconds(value);
}
