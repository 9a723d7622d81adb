using System.Collections.Immutable;
using System.Text.Json;
using Metamorph.Model;
using Metamorph.Model.Json;
using Metamorph.Releases;
using static Metamorph.Tests.Clusters;

namespace Metamorph.Planning.Tests;

/// <summary>What a roll will do.</summary>
public sealed class RollPlanTests
{
    [Fact]
    public void A_plan_backs_up_rolls_waits_for_approval_finalizes_and_verifies() => Assert.Equal(
        [
            "back-up-configs", "restart-2", "restart-3", "restart-1", "await-approval", "finalize-metadata.version",
            "finalize-eligible.leader.replicas.version", "finalize-group.version", "finalize-share.version",
            "finalize-streams.version", "finalize-transaction.version", "verify-end",
        ],
        Steps(Plan(Of(V392, combined: [1, 2, 3], leader: 1), V431)));

    [Fact]
    public void A_restart_step_holds_what_it_expects_and_what_it_makes() => Assert.Equal(
        new Step.RestartNode(new("restart-2"), new(2), RollPhase.Controllers, V392, V431, RestartReason.Upgrade),
        Plan(Of(V392, combined: [1, 2, 3], leader: 1), V431)[new("restart-2")]);

    [Fact]
    public void A_finalize_step_holds_the_level_before_and_after() => Assert.Equal(
        new Step.FinalizeFeature(new("finalize-metadata.version"), KafkaFeatures.MetadataVersion, 21, 30),
        Plan(Of(V392, combined: [1, 2, 3]), V431)[new("finalize-metadata.version")]);

    [Fact]
    public void After_a_crash_only_the_node_on_the_old_release_restarts_and_features_wait_for_it()
    {
        var plan = Plan(Of(V431, combined: [1, 2, 3]).With(1, node => On(V392, node)).WithLevels((KafkaFeatures.MetadataVersion, 21)), V431);

        Assert.Equal(["restart-1"], plan.Restarts.Select(step => step.Id.Value));
        Assert.Equal((V392, V431), (plan.From, plan.To));
        Assert.True(Steps(plan).IndexOf("restart-1") < Steps(plan).IndexOf("await-approval"));
    }

    [Fact]
    public void Features_newer_than_the_lowest_binary_are_raised_after_the_last_restart_only()
    {
        var steps = Plan(Of(V392, brokers: [1, 2, 3], controllers: [4, 5, 6]), V431).Steps;

        Assert.All(steps.OfType<Step.FinalizeFeature>(), feature => Assert.True(
            steps.IndexOf(feature) > steps.IndexOf(steps.OfType<Step.RestartNode>().Last())));
    }

    [Fact]
    public void Finalisation_always_waits_behind_an_approval_step()
    {
        var plan = Plan(Of(V392, combined: [1, 2, 3]), V431, new FinalizePolicy(FinalizeMode.After, TimeSpan.FromDays(7)));

        var approval = Assert.Single(plan.Steps.OfType<Step.AwaitApproval>());
        Assert.Equal(TimeSpan.FromDays(7), approval.Policy.Soak);
        Assert.True(plan.Steps.IndexOf(approval) < plan.Steps.IndexOf(plan.Steps.OfType<Step.FinalizeFeature>().First()));
    }

    [Fact]
    public void Metadata_version_is_raised_first_because_the_others_depend_on_it() => Assert.Equal(
        KafkaFeatures.MetadataVersion, Plan(Of(V392, combined: [1, 2, 3]), V431).Steps.OfType<Step.FinalizeFeature>().First().Feature);

    [Fact]
    public void All_default_features_are_raised_not_metadata_version_alone_and_kraft_version_never() => Assert.Equal(
        [.. ReleaseCatalog.FeaturesFinalizedByDefault(V431.Line).Value.Select(feature => (feature.Key, feature.Value)).Order()],
        Plan(Of(V392, combined: [1, 2, 3]), V431).Steps.OfType<Step.FinalizeFeature>().Select(step => (step.Feature, step.To)).Order());

    [Fact]
    public void With_finalize_never_there_is_no_finalisation() => Assert.Equal(
        ["back-up-configs", "restart-2", "restart-3", "restart-1", "verify-end"],
        Steps(Plan(Of(V392, combined: [1, 2, 3]), V431, FinalizePolicy.Never)));

    [Fact]
    public void A_cluster_that_is_there_already_has_an_empty_plan() => Assert.Empty(Plan(Of(V431, combined: [1, 2, 3]), V431).Steps);

    [Fact]
    public void A_cluster_whose_features_are_behind_has_a_plan_of_the_finalisation_only() => Assert.Equal(
        ["back-up-configs", "await-approval", "finalize-metadata.version", "verify-end"],
        Steps(Plan(Of(V392, combined: [1, 2, 3]).WithLevels((KafkaFeatures.MetadataVersion, 20)), V392)));

    [Fact]
    public void A_node_that_is_down_is_in_the_plan_though_its_home_points_to_the_target_already()
    {
        var down = Of(V431, combined: [1, 2, 3]).With(2, node => node with { Process = Observed<NodeProcess?>.Of(null) });

        Assert.Equal(["restart-2"], Plan(down, V431).Restarts.Select(step => step.Id.Value));
    }

    [Fact]
    public void A_running_node_whose_release_is_unknown_cannot_be_planned_by_what_its_home_points_to()
    {
        var unreadable = Of(V392, combined: [1, 2, 3]).With(2, node => node with
        {
            Process = Observed<NodeProcess?>.Of(new NodeProcess(7, Noon, Observed<KafkaRelease>.Unknown("no rights"))),
        });

        Assert.Throws<InvalidOperationException>(() => Plan(unreadable, V431));
    }

    [Fact]
    public void A_ghost_is_unregistered_after_the_approval_and_before_the_first_feature()
    {
        var steps = Steps(Plan(Of(V392, combined: [1, 2, 3]).WithGhost(9), V431));

        Assert.Equal(steps.IndexOf("await-approval") + 1, steps.IndexOf("unregister-9"));
        Assert.Equal(steps.IndexOf("unregister-9") + 1, steps.IndexOf("finalize-metadata.version"));
    }

    [Fact]
    public void The_same_facts_give_the_same_plan()
    {
        static string Made() => JsonSerializer.Serialize(
            Plan(Of(V381, brokers: [0, 1], combined: [3, 4, 5], controllers: [6], leader: 4).WithGhost(9), V412), ModelJson.Default.UpgradePlan);

        Assert.Equal(Made(), Made());
    }

    [Fact]
    public void Every_group_gets_a_limit_from_its_lag_unless_the_operator_set_one()
    {
        var now = Of(V392, combined: [1, 2, 3]) with
        {
            Groups = Observed<ImmutableArray<ConsumerGroup>>.Of([Group("busy", 40_000), Group("idle", 3), Group("moving", 7), Group("moving", 9), Group("set", 5)]),
        };

        var plan = RollPlanner.Plan(new RollRequest
        {
            Cluster = "orders", Now = now, Target = V431, LagLimits = ImmutableSortedDictionary<string, long>.Empty.Add("set", 1),
        });

        Assert.Equal(
            [("busy", 80_000L), ("idle", 10_000L), ("moving", 10_000L), ("set", 1L)],
            plan.LagLimits.Select(limit => (limit.Key, limit.Value)));
    }

    [Fact]
    public void The_levels_before_are_kept_to_say_where_the_way_back_leads() =>
        Assert.Equal(21, Plan(Of(V392, combined: [1, 2, 3]), V431).FeaturesBefore[KafkaFeatures.MetadataVersion]);

    internal static UpgradePlan Plan(ClusterSnapshot now, KafkaRelease target, FinalizePolicy? finalize = null) => RollPlanner.Plan(
        new RollRequest { Cluster = "orders", Now = now, Target = target, Finalize = finalize ?? FinalizePolicy.Ask });

    private static List<string> Steps(UpgradePlan plan) => [.. plan.Steps.Select(step => step.Id.Value)];

    private static ConsumerGroup Group(string id, long lag) => new() { Id = id, State = "Stable", Lag = Observed<long>.Of(lag) };
}
