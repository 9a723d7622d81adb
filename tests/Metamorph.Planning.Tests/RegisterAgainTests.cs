using Metamorph.Model;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Planning.Tests;

/// <summary>Which brokers will have registered with a controller older than 3.9, which left out features that start at 0.</summary>
public sealed class RegisterAgainTests
{
    [Fact]
    public void Of_combined_nodes_all_but_the_last_register_again() =>
        Assert.Equal([2, 3], Again(Of(V381, combined: [1, 2, 3], leader: 1), V412));

    [Fact]
    public void With_dedicated_controllers_none_does() =>
        Assert.Empty(Again(Of(V381, brokers: [1, 2, 3], controllers: [4, 5, 6]), V412));

    [Fact]
    public void From_3_9_on_none_does() => Assert.Empty(Again(Of(V392, combined: [1, 2, 3]), V431));

    [Fact]
    public void A_target_without_features_that_start_at_0_needs_none() =>
        Assert.Empty(Again(Of(V381, combined: [1, 2, 3]), V392));

    [Fact]
    public void Combined_nodes_beside_dedicated_controllers_register_again_and_plain_brokers_do_not() =>
        Assert.Equal([3, 4], Again(Of(V381, brokers: [0], combined: [3, 4], controllers: [5], leader: 5), V412));

    [Fact]
    public void A_single_node_registers_with_itself() => Assert.Empty(Again(Of(V381, combined: [1]), V412));

    [Fact]
    public void Without_finalisation_nobody_restarts_for_it() =>
        Assert.DoesNotContain(RollPlanTests.Plan(Of(V381, combined: [1, 2, 3]), V412, FinalizePolicy.Never).Steps, IsRegisterAgain);

    [Fact]
    public void After_a_crash_the_nodes_that_were_rolled_already_register_again_too()
    {
        var halfway = Of(V381, combined: [1, 2, 3], leader: 1).With(2, node => On(V412, node));

        Assert.Equal([2, 3], Again(halfway, V412));
        Assert.Equal([2, 3], Again(halfway.With(3, node => On(V412, node)), V412));
    }

    [Fact]
    public void After_a_crash_they_do_so_even_when_leadership_has_moved_to_a_new_node_meanwhile()
    {
        var halfway = Of(V381, combined: [1, 2, 3], leader: 2).With(2, node => On(V412, node));

        Assert.Equal([2], Again(halfway, V412));
    }

    [Fact]
    public void The_second_restart_is_a_phase_of_its_own_behind_all_others()
    {
        var restarts = RollPlanTests.Plan(Of(V381, brokers: [0], combined: [1, 2, 3], leader: 1), V412).Restarts.ToList();

        Assert.Equal([.. restarts.OrderBy(step => step.Phase)], restarts);
        Assert.All(restarts.Where(IsRegisterAgain), step => Assert.Equal((V412, V412), (step.From, step.To)));
    }

    private static int[] Again(ClusterSnapshot now, KafkaRelease target) =>
        [.. RollPlanTests.Plan(now, target).Restarts.Where(IsRegisterAgain).Select(step => step.Node.Value)];

    private static bool IsRegisterAgain(Step step) => step is Step.RestartNode { Reason: RestartReason.RegisterAgain };
}
