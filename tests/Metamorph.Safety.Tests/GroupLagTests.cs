using System.Collections.Immutable;
using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Safety.Tests;

/// <summary>May a node stop now? The consumers' side of it.</summary>
public sealed class GroupLagTests
{
    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_group_may_be_behind_by_its_limit_and_no_more(long lag, bool open) =>
        Assert.Equal(open, Judge(lag).IsEmpty);

    [Fact]
    public void A_group_above_its_limit_that_catches_up_holds_nobody() => Assert.Empty(Judge(500, before: 501));

    [Theory]
    [InlineData(500)]
    [InlineData(499)]
    public void A_group_above_its_limit_that_does_not_catch_up_holds_the_next_restart(long before) =>
        Assert.Equal([new Objection.GroupLagging("billing", 500, 100, before)], Judge(500, before));

    [Fact]
    public void At_the_first_look_a_lag_above_the_limit_counts_as_not_falling() =>
        Assert.Equal([new Objection.GroupLagging("billing", 500, 100, Before: null)], Judge(500));

    [Fact]
    public void A_group_without_members_never_blocks() => Assert.Empty(Judge(1_000_000, members: 0));

    [Fact]
    public void A_group_without_a_limit_never_blocks() => Assert.Empty(Judge(1_000_000, limited: "payments"));

    [Fact]
    public void Without_any_limit_the_groups_need_not_be_readable()
    {
        var now = Of(V392, combined: [1, 2, 3]) with { Groups = Observed<ImmutableArray<ConsumerGroup>>.Unknown("TIMEOUT") };

        Assert.Empty(StopGates.Judge(new StopQuestion(now, new NodeId(1))).Objections);
    }

    private static ImmutableArray<Objection> Judge(long lag, long? before = null, int members = 1, string limited = "billing") =>
        StopGates.Judge(new StopQuestion(With(lag, members), new NodeId(1))
        {
            Before = before is { } earlier ? With(earlier, members) : null,
            LagLimits = ImmutableSortedDictionary<string, long>.Empty.Add(limited, 100),
        }).Objections;

    private static ClusterSnapshot With(long lag, int members) => Of(V392, combined: [1, 2, 3]) with
    {
        Groups = Observed<ImmutableArray<ConsumerGroup>>.Of(
            [new ConsumerGroup { Id = "billing", State = "Stable", Members = members, Lag = Observed<long>.Of(lag) }]),
    };
}
