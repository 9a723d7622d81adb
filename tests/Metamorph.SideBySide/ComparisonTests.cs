using Metamorph.SideBySide.Recording;

namespace Metamorph.SideBySide;

/// <summary>What the comparison forgives, and what it does not.</summary>
public sealed class ComparisonTests
{
    private const string Recorded = """
              0  broker 2    live
             10  t-0         leader 2 epoch 0
            100  operation   stop 2
            150  t-0         leader 3 epoch 1
           2300  broker 2    absent
           2900  answer      stop 2: done
           2900  took        the stop: 0 to 8 s; 2.80
        """;

    [Fact]
    public void The_same_at_other_times_is_the_same() => Assert.Empty(Differences("""
              0  broker 2    live
             30  t-0         leader 2 epoch 0
             90  operation   stop 2
             95  t-0         leader 3 epoch 1
            600  broker 2    absent
            601  answer      stop 2: done
            601  took        the stop: 0 to 8 s; 0.50
        """));

    [Fact]
    public void A_state_that_lasts_must_be_there() =>
        Assert.Equal(["t-0: missing: leader 3 epoch 1"], Differences(Without(Recorded, "leader 3")));

    [Fact]
    public void A_state_that_was_not_recorded_must_not_be_there() => Assert.Equal(
        ["t-0: not recorded: leader 1 epoch 2"],
        Differences($"{Recorded}\n           4000  t-0         leader 1 epoch 2"));

    [Fact]
    public void The_last_state_counts_though_it_came_late() => Assert.Equal(
        ["broker 2: missing: absent", "broker 2: not recorded: fenced"],
        Differences(Recorded.Replace("absent", "fenced", StringComparison.Ordinal)));

    [Fact]
    public void A_fleeting_state_may_be_missed()
    {
        var seen = $"{Recorded}\n           4000  broker 2    fenced\n           5499  broker 2    absent";

        Assert.Empty(Differences(seen));
        Assert.Empty(Comparison.Of(Parse(seen), Parse(Recorded), busyMachine: false));
    }

    [Fact]
    public void A_state_is_fleeting_for_less_than_one_and_a_half_seconds() => Assert.NotEmpty(
        Differences($"{Recorded}\n           4000  broker 2    fenced\n           5500  broker 2    absent"));

    [Fact]
    public void What_came_and_went_unseen_leaves_nothing() => Assert.Empty(
        Differences($"{Recorded}\n  4000  moving t-0  adding [4] removing []\n  4300  moving t-0  absent"));

    [Fact]
    public void Another_answer_is_a_difference() => Assert.Equal(
        ["script: missing: stop 2: done", "script: not recorded: stop 2: refused"],
        Differences(Recorded.Replace("stop 2: done", "stop 2: refused", StringComparison.Ordinal)));

    [Fact]
    public void What_the_witness_says_of_brokers_has_an_exact_order() => Assert.Equal(
        ["order: \"broker 2: absent\" came before \"t-0: leader 3 epoch 1\""],
        Differences("""
              0  broker 2    live
             10  t-0         leader 2 epoch 0
            100  operation   stop 2
           2399  broker 2    absent
           2400  t-0         leader 3 epoch 1
           2900  answer      stop 2: done
           2900  took        the stop: 0 to 8 s; 2.80
        """));

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void Partitions_have_an_order_when_they_were_more_than_a_second_apart(int apart, bool ordered)
    {
        var recorded = $"1  t-0  leader 1\n{1 + apart}  t-1  leader 2";

        var played = Parse("5  t-1  leader 2\n9  t-0  leader 1");

        Assert.Equal(ordered ? 1 : 0, Comparison.Of(Parse(recorded), played, busyMachine: false).Count);
    }

    [Theory]
    [InlineData("6.50", false, true)]
    [InlineData("6.49", true, false)]
    [InlineData("11.50", false, true)]
    [InlineData("11.51", false, false)]
    [InlineData("11.51", true, true)]
    public void A_busy_machine_may_be_slower_and_none_is_faster(string took, bool busy, bool holds) => Assert.Equal(
        holds, !Comparison.BandDifferences(Parse($"1  took  it: 6.5 to 11.5 s; {took}"), busy).Any());

    [Fact]
    public void Another_band_is_another_script() =>
        Assert.Equal(2, Differences(Recorded.Replace("0 to 8 s", "0 to 9 s", StringComparison.Ordinal)).Count);

    [Fact]
    public void A_history_can_be_read_as_it_was_written() =>
        Assert.Equal(Parse(Recorded), Parse(History.ToText(Parse(Recorded))));

    private static IReadOnlyList<string> Differences(string played) =>
        Comparison.Of(Parse(Recorded), Parse(played), busyMachine: false);

    private static IReadOnlyList<HistoryLine> Parse(string text) => History.Parse(text);

    private static string Without(string history, string part) =>
        string.Join('\n', history.Split('\n').Where(line => !line.Contains(part, StringComparison.Ordinal)));
}
