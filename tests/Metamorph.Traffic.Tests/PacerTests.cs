using Metamorph.Traffic.Measuring;
using Metamorph.Traffic.Pacing;

namespace Metamorph.Traffic.Tests;

public sealed class PacerTests
{
    private readonly ManualTime time = new();
    private readonly List<(TimeSpan Due, TimeSpan Sent, int Partition)> sent = [];

    [Fact]
    public void Records_go_when_they_are_due()
    {
        Run(new OpenLoopSchedule(100, Producers: 1, Partitions: 3, Ms(50)), Ms(100));

        Assert.Equal([Ms(0), Ms(10), Ms(20), Ms(30), Ms(40)], sent.Select(record => record.Due));
        Assert.All(sent, record => Assert.Equal(record.Due, record.Sent));
        Assert.Equal([0, 1, 2, 0, 1], sent.Select(record => record.Partition));
    }

    [Fact]
    public void After_a_stall_everything_that_was_due_goes_at_once_and_keeps_its_time()
    {
        var clock = new RunClock(time);
        var pacing = Start(clock, new OpenLoopSchedule(100, 1, 1, Ms(100)));
        time.Skip(Ms(65));
        FireUntil(Ms(200));

        Assert.True(pacing.IsCompletedSuccessfully);
        Assert.Equal(Enumerable.Range(0, 10).Select(number => Ms(number * 10)), sent.Select(record => record.Due));
        Assert.Equal(Ms(65), sent[3].Sent);
        Assert.Equal(Ms(70), sent[7].Sent);
    }

    [Fact]
    public void Producers_take_turns_and_together_make_the_rate()
    {
        var schedule = new OpenLoopSchedule(100, Producers: 2, Partitions: 2, Ms(60));

        Assert.Equal([Ms(0), Ms(20), Ms(40)], Dues(schedule, producer: 0));
        Assert.Equal([Ms(10), Ms(30), Ms(50)], Dues(schedule, producer: 1));
    }

    [Fact]
    public void A_duration_holds_exactly_its_records()
    {
        var schedule = new OpenLoopSchedule(500, Producers: 3, Partitions: 6, TimeSpan.FromSeconds(10));

        Assert.Equal(5000, Enumerable.Range(0, 3).Sum(producer => Dues(schedule, producer).Count()));
    }

    [Fact]
    public async Task Stopping_ends_it_between_two_records()
    {
        using var stop = new CancellationTokenSource();
        var pacing = Start(new RunClock(time), new OpenLoopSchedule(100, 1, 1, Duration: null), stop.Token);
        FireUntil(Ms(25));
        await stop.CancelAsync();
        await pacing;

        Assert.Equal(3, sent.Count);
    }

    private void Run(OpenLoopSchedule schedule, TimeSpan until)
    {
        var pacing = Start(new RunClock(time), schedule);
        FireUntil(until);
        Assert.True(pacing.IsCompletedSuccessfully);
    }

    private Task Start(RunClock clock, OpenLoopSchedule schedule, CancellationToken stop = default) =>
        new Pacer(schedule, clock).RunAsync(0, (partition, due) =>
        {
            sent.Add((due, clock.Now, partition));
            return ValueTask.CompletedTask;
        }, stop);

    private void FireUntil(TimeSpan until)
    {
        while (time.TryFireNext(until))
        {
        }
    }

    private static IEnumerable<TimeSpan> Dues(OpenLoopSchedule schedule, int producer)
    {
        for (var number = 0L; schedule.DueAt(producer, number) is { } due; number++)
        {
            yield return due;
        }
    }

    private static TimeSpan Ms(int value) => TimeSpan.FromMilliseconds(value);
}
