using System.Text.Json;

namespace Metamorph.Traffic.Tests;

public sealed class TrafficResultTests
{
    [Fact]
    public void The_documented_fields_come_first_under_their_documented_names()
    {
        var result = new TrafficResult { Sent = 3, Acked = 2, Consumed = 2, Errors = [new("DELIVERY_TIMEOUT", 1)], ProduceP50Ms = 1.5, ProduceP99Ms = 2.25 };

        var json = JsonSerializer.Serialize(result, TrafficJson.Default.TrafficResult);

        Assert.StartsWith(
            """{"sent":3,"acked":2,"consumed":2,"lost":0,"duplicated":0,"outOfOrder":0,"produceP50Ms":1.5,"produceP99Ms":2.25,"longestGapMs":0,"errors":[{"name":"DELIVERY_TIMEOUT","count":1}],""",
            json);
    }

    [Fact]
    public void Only_a_run_that_nobody_would_have_noticed_is_clean()
    {
        var clean = new TrafficResult { Sent = 1, Acked = 1, Consumed = 1, Drained = true };

        Assert.True(clean.IsClean);
        Assert.False((clean with { Lost = 1 }).IsClean);
        Assert.False((clean with { Duplicated = 1 }).IsClean);
        Assert.False((clean with { OutOfOrder = 1 }).IsClean);
        Assert.False((clean with { Corrupt = 1 }).IsClean);
        Assert.False((clean with { Failed = 1 }).IsClean);
        Assert.False((clean with { Drained = false }).IsClean);
        Assert.False((clean with { Errors = [new("OFFSET_OUT_OF_RANGE", 1)] }).IsClean);
    }

    [Fact]
    public void Every_wrong_option_is_named_at_once()
    {
        var options = new TrafficOptions { Bootstrap = [], RecordsPerSecond = 0, RecordBytes = 10, Duration = TimeSpan.Zero };

        Assert.Equal(4, options.Validate().Count);
        Assert.Empty(new TrafficOptions { Bootstrap = [new("localhost", 9092)] }.Validate());
    }
}
