using System.Collections.Immutable;
using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Planning.Tests;

/// <summary>Which node comes next.</summary>
public sealed class RollOrderTests
{
    [Fact]
    public void Controllers_come_first_with_the_active_one_last_among_them_and_brokers_after() => Assert.Equal(
        [4, 5, 3, 0, 1, 2], Order(Of(V392, brokers: [0, 1, 2], controllers: [3, 4, 5], leader: 3)));

    [Fact]
    public void Combined_nodes_come_before_dedicated_controllers_and_the_active_one_after_both() => Assert.Equal(
        [3, 4, 5, 7, 8, 6, 0, 1, 2], Order(Of(V392, brokers: [0, 1, 2], combined: [3, 4, 5], controllers: [6, 7, 8], leader: 6)));

    [Fact]
    public void A_node_that_does_not_serve_comes_first_in_its_phase() => Assert.Equal(
        [3, 4, 5, 2, 0, 1],
        Order(Of(V392, brokers: [0, 1, 2], controllers: [3, 4, 5], leader: 5)
            .With(2, node => node with { Process = Observed<NodeProcess?>.Of(null) })));

    [Fact]
    public void Without_a_known_leader_the_order_is_by_id() => Assert.Equal(
        [1, 2, 3], Order(Of(V392, combined: [1, 2, 3], leader: 1) with { Quorum = Observed<Quorum>.Unknown("TIMEOUT") }));

    [Fact]
    public void When_leadership_moves_by_itself_the_next_look_puts_the_new_leader_last()
    {
        var start = Of(V392, brokers: [0, 1, 2], controllers: [3, 4, 5], leader: 3);
        var plan = RollPlanner.Plan(new RollRequest { Cluster = "orders", Now = start, Target = V431 });
        var moved = start.With(4, node => On(V431, node)).With(QuorumOf(5, (3, 0), (4, 0), (5, 0)));

        Assert.Equal(["restart-3", "restart-5", "restart-0", "restart-1", "restart-2"], Walk(plan, moved, Done("back-up-configs", "restart-4")).Take(5));
    }

    [Fact]
    public void What_was_begun_is_finished_before_anything_else()
    {
        var start = Of(V392, combined: [1, 2, 3], leader: 1);
        var plan = RollPlanner.Plan(new RollRequest { Cluster = "orders", Now = start, Target = V431 });
        var state = Done("back-up-configs");
        state = state with { Steps = state.Steps.SetItem(new("restart-3"), new StepStatus.Halted(1, "interrupted")) };

        var down = start.Nodes[new(3)] with { Process = Observed<NodeProcess?>.Of(null) };

        Assert.Equal("restart-3", RollOrder.Next(plan, state, start with { Nodes = start.Nodes.SetItem(new(3), down) })?.Id.Value);
    }

    // Begun and interrupted before SIGTERM: the quorum may have moved since, so it waits for its turn like any other.
    [Fact]
    public void What_was_begun_without_stopping_its_node_takes_its_turn()
    {
        var start = Of(V392, combined: [1, 2, 3], leader: 3);
        var plan = RollPlanner.Plan(new RollRequest { Cluster = "orders", Now = start, Target = V431 });
        var state = Done("back-up-configs");
        state = state with { Steps = state.Steps.SetItem(new("restart-3"), new StepStatus.Halted(1, "interrupted")) };

        Assert.Equal("restart-1", RollOrder.Next(plan, state, start)?.Id.Value);
    }

    [Fact]
    public void A_node_that_left_the_cluster_is_looked_at_first_so_that_its_step_can_say_so()
    {
        var start = Of(V392, combined: [1, 2, 3], leader: 1);
        var plan = RollPlanner.Plan(new RollRequest { Cluster = "orders", Now = start, Target = V431 });

        Assert.Equal("restart-3", RollOrder.Next(plan, Done("back-up-configs"), start with { Nodes = start.Nodes.Remove(new(3)) })?.Id.Value);
    }

    [Fact]
    public void Nothing_is_next_when_all_is_done()
    {
        var start = Of(V392, combined: [1, 2, 3], leader: 1);
        var plan = RollPlanner.Plan(new RollRequest { Cluster = "orders", Now = start, Target = V431 });

        Assert.Null(RollOrder.Next(plan, Done([.. plan.Steps.Select(step => step.Id.Value)]), start));
    }

    private static int[] Order(ClusterSnapshot now) => [.. RollOrder.Of(now, now.Nodes.Keys).Select(id => id.Value)];

    private static IEnumerable<string> Walk(UpgradePlan plan, ClusterSnapshot now, RunState state)
    {
        while (RollOrder.Next(plan, state, now) is { } next)
        {
            yield return next.Id.Value;
            state = state with { Steps = state.Steps.SetItem(next.Id, new StepStatus.Done(Noon, null)) };
        }
    }

    private static RunState Done(params string[] steps) => RunState.Empty with
    {
        Steps = steps.ToImmutableDictionary(step => new StepId(step), StepStatus (_) => new StepStatus.Done(Noon, null)),
    };
}
