using Metamorph.Kafka.Consuming;
using Metamorph.Traffic.Accounting;

namespace Metamorph.Traffic.Tests;

public sealed class RecordLedgerTests
{
    private static readonly Guid Run = Guid.Parse("0b7f1c5e-4a34-4c0e-9f0a-000000000001");

    private readonly RecordLedger ledger = new(Run, producers: 2, partitions: 2);

    [Fact]
    public void What_is_acked_and_consumed_is_in_order_and_accounted_for()
    {
        Produce(3);

        Assert.Equal([Sighting.First, Sighting.First, Sighting.First], [See(0, 10), See(1, 11), See(2, 12)]);
        Assert.Equal(new LedgerTotals { Sent = 3, Acked = 3, Consumed = 3 }, ledger.Totals);
    }

    [Fact]
    public void An_acked_record_that_nobody_saw_is_lost()
    {
        Produce(3);
        See(0, 10);
        See(2, 11);

        Assert.Equal(1, ledger.Totals.Lost);
        Assert.Equal(0, ledger.Totals.OutOfOrder);
    }

    [Fact]
    public void A_consumer_may_be_faster_than_the_acknowledgement()
    {
        var sequence = ledger.Send(0, 0);
        See(sequence, 10);
        Assert.Equal(0, ledger.Totals.Lost);
        Assert.Equal(1, ledger.Totals.InFlight);

        ledger.Ack(0, 0, sequence);

        Assert.Equal(new LedgerTotals { Sent = 1, Acked = 1, Consumed = 1 }, ledger.Totals);
    }

    [Fact]
    public void The_same_offset_again_is_redelivery()
    {
        Produce(2);
        See(0, 10);
        See(1, 11);

        Assert.Equal(Sighting.Redelivered, See(0, 10));
        Assert.Equal(Sighting.Redelivered, See(1, 11));
        Assert.Equal(2, ledger.Totals.Redelivered);
        Assert.Equal(0, ledger.Totals.Duplicated);
        Assert.Equal(0, ledger.Totals.OutOfOrder);
    }

    [Fact]
    public void Another_offset_is_a_duplicate_once_for_each_copy()
    {
        Produce(2);
        See(0, 10);
        See(1, 11);

        Assert.Equal(Sighting.Duplicate, See(0, 12));
        Assert.Equal(Sighting.Redelivered, See(0, 12));
        Assert.Equal(Sighting.Duplicate, See(0, 13));
        Assert.Equal(2, ledger.Totals.Duplicated);
        Assert.Equal(0, ledger.Totals.OutOfOrder);
        Assert.Equal(2, ledger.Totals.Consumed);
    }

    [Fact]
    public void A_sequence_that_goes_backwards_in_offset_order_is_out_of_order()
    {
        Produce(4);

        Assert.Equal(Sighting.First, See(0, 10));
        Assert.Equal(Sighting.First, See(2, 11));
        Assert.Equal(Sighting.OutOfOrder, See(1, 12));
        Assert.Equal(Sighting.First, See(3, 13));
        Assert.Equal(1, ledger.Totals.OutOfOrder);
    }

    [Fact]
    public void Records_in_order_that_two_consumers_read_at_the_same_time_stay_in_order()
    {
        // A member that lost its partition without knowing it yet is behind the one that took over.
        Produce(4);

        Assert.Equal(Sighting.First, See(2, 12));
        Assert.Equal(Sighting.First, See(0, 10));
        Assert.Equal(Sighting.First, See(3, 13));
        Assert.Equal(Sighting.First, See(1, 11));
        Assert.Equal(0, ledger.Totals.OutOfOrder);
    }

    [Fact]
    public void Producers_and_partitions_have_orders_of_their_own()
    {
        ledger.Ack(0, 0, ledger.Send(0, 0));
        ledger.Ack(1, 0, ledger.Send(1, 0));
        ledger.Ack(1, 1, ledger.Send(1, 1));

        Assert.Equal(Sighting.First, See(0, 11));
        Assert.Equal(Sighting.First, See(0, 10, producer: 1));
        Assert.Equal(Sighting.First, See(0, 10, producer: 1, partition: 1));
        Assert.Equal(0, ledger.Totals.Lost);
    }

    [Fact]
    public void A_failed_record_is_neither_lost_nor_wrong_when_it_is_in_the_log_all_the_same()
    {
        ledger.Fail(0, 0, ledger.Send(0, 0));
        ledger.Fail(0, 0, ledger.Send(0, 0));
        Assert.Equal(0, ledger.Totals.FailedButWritten);

        Assert.Equal(Sighting.First, See(1, 10));

        Assert.Equal(new LedgerTotals { Sent = 2, Failed = 2, Consumed = 1, FailedButWritten = 1 }, ledger.Totals);
    }

    [Fact]
    public void A_record_that_failed_after_it_was_seen_is_written()
    {
        var sequence = ledger.Send(0, 0);
        See(sequence, 10);

        ledger.Fail(0, 0, sequence);

        Assert.Equal(1, ledger.Totals.FailedButWritten);
    }

    [Fact]
    public void A_damaged_record_is_corrupt_once_for_each_offset_and_its_original_is_lost()
    {
        Produce(1);
        var value = new RecordPayload(Run, 0, 0, 0).Write(64);
        value[50] ^= 1;

        Assert.Equal(Sighting.Corrupt, ledger.See(0, new ConsumedRecord(10, 0, value), out _));
        Assert.Equal(Sighting.Corrupt, ledger.See(0, new ConsumedRecord(10, 0, value), out _));

        Assert.Equal(new LedgerTotals { Sent = 1, Acked = 1, Lost = 1, Corrupt = 1 }, ledger.Totals);
    }

    [Fact]
    public void Records_of_others_are_passed_over()
    {
        var other = new RecordPayload(Guid.Empty, 0, 0, 0).Write(64);

        Assert.Equal(Sighting.Foreign, ledger.See(0, new ConsumedRecord(1, 0, other), out _));
        Assert.Equal(Sighting.Foreign, ledger.See(0, new ConsumedRecord(2, 0, "hello"u8.ToArray()), out _));
        Assert.Equal(Sighting.Foreign, See(0, 3));
        Assert.Equal(new LedgerTotals { Foreign = 3 }, ledger.Totals);
    }

    [Fact]
    public void A_long_run_still_tells_old_duplicates_from_old_redelivery()
    {
        const int Records = 100 * StreamChunk.Size;
        for (var sequence = 0L; sequence < Records; sequence++)
        {
            ledger.Ack(0, 0, ledger.Send(0, 0));
            See(sequence, sequence);
        }

        Assert.Equal(Sighting.Redelivered, See(5, 5));
        Assert.Equal(Sighting.Duplicate, See(5, Records));
        Assert.Equal(Sighting.Redelivered, See(Records - 1, Records - 1));
        Assert.Equal(Sighting.Duplicate, See(Records - 1, Records + 1));
        Assert.Equal(0, ledger.Totals.OutOfOrder);
        Assert.Equal(0, ledger.Totals.Lost);
    }

    private void Produce(int records)
    {
        for (var left = records; left > 0; left--)
        {
            ledger.Ack(0, 0, ledger.Send(0, 0));
        }
    }

    private Sighting See(long sequence, long offset, int producer = 0, int partition = 0) =>
        ledger.See(partition, new ConsumedRecord(offset, 0, new RecordPayload(Run, producer, sequence, 0).Write(64)), out _);
}
