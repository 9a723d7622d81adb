namespace Metamorph.Sandbox.Tests.Time;

public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTime time = new(Noon);
    private readonly List<string> fired = [];

    [Fact]
    public void Timers_fire_by_due_time_and_then_by_turn()
    {
        In("late", 2);
        In("first", 1);
        In("second", 1);
        FireAll();
        Assert.Equal(["first @1", "second @1", "late @2"], fired);
    }

    [Fact]
    public void A_timer_that_is_set_again_fires_only_then_and_takes_a_new_turn()
    {
        var moved = In("moved", 1);
        In("other", 2);
        moved.Change(Seconds(2), Timeout.InfiniteTimeSpan);
        FireAll();
        Assert.Equal(["other @2", "moved @2"], fired);
    }

    [Fact]
    public void A_disposed_timer_fires_no_more_and_cannot_be_set()
    {
        var gone = In("gone", 1);
        gone.Dispose();
        Assert.False(gone.Change(Seconds(1), Timeout.InfiniteTimeSpan));
        Assert.Null(time.Next);
        Assert.False(time.FireNext());
        Assert.Equal(Noon, time.Now);
    }

    [Fact]
    public void A_timer_with_a_period_fires_until_it_is_changed()
    {
        ITimer timer = null!;
        timer = time.CreateTimer(
            _ =>
            {
                fired.Add($"tick {(time.Now - Noon).TotalSeconds}");
                if (fired.Count == 3)
                {
                    timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            },
            null,
            Seconds(1),
            Seconds(5));
        FireAll();
        Assert.Equal(["tick 1", "tick 6", "tick 11"], fired);
    }

    [Fact]
    public void A_timer_beyond_the_end_of_time_is_no_overflow()
    {
        using var timer = time.CreateTimer(_ => { }, null, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan);
        Assert.Equal(DateTimeOffset.MaxValue, time.Next);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private ITimer In(string name, int seconds) => time.CreateTimer(
        _ => fired.Add($"{name} @{(time.Now - Noon).TotalSeconds}"), null, Seconds(seconds), Timeout.InfiniteTimeSpan);

    private void FireAll()
    {
        while (time.FireNext())
        {
        }
    }
}
