using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class FeatureTests
{
    private const string Metadata = "metadata.version";
    private const string Group = "group.version";
    private const sbyte Upgrade = 1;
    private const sbyte Safe = 2;
    private const sbyte Unsafe = 3;

    [Fact]
    public void A_level_that_every_node_supports_is_finalized()
    {
        var core = Mixed("4.3.1", brokers: "4.3.1", (Metadata, 21));

        var response = Ask(core, Upgrade, (Metadata, 30), (Group, 1));

        Assert.Equal((ErrorCode.None, null), (response.ErrorCode, response.ErrorMessage));
        Assert.Equal([(Group, ErrorCode.None), (Metadata, ErrorCode.None)], Results(response));
        Assert.Equal((30, 1), (Level(core, Metadata), Level(core, Group)));
    }

    [Fact]
    public void A_broker_on_an_old_release_holds_the_level_back_though_it_is_dead()
    {
        var core = Mixed("4.3.1", brokers: "4.3.1", (Metadata, 21), old: (3, "3.9.2"));
        core.Order(3, new NodeOrder.Kill());
        core.PassUntil(() => core.World.Metadata.Brokers.Now[3].IsFenced);

        var refused = Ask(core, Upgrade, (Metadata, 30));

        Assert.Equal(ErrorCode.InvalidUpdateVersion, refused.ErrorCode);
        Assert.Equal(
            "The update failed for all features since the following feature had an error: Invalid update version 30 for feature "
            + "metadata.version. Broker 3 only supports versions 1-21",
            refused.ErrorMessage);
        Assert.Empty(refused.Results);

        var unregistered = new CoreClient(core, 1).Ask(new UnregisterBrokerRequest { BrokerId = 3 });
        Assert.Equal(ErrorCode.None, unregistered.ErrorCode);
        Assert.Equal(ErrorCode.None, Ask(core, Upgrade, (Metadata, 30)).ErrorCode);
    }

    [Fact]
    public void All_or_nothing_from_4_0_on()
    {
        var core = Mixed("4.3.1", brokers: "4.3.1", (Metadata, 21), old: (3, "3.9.2"));

        var refused = Ask(core, Upgrade, (Metadata, 21), (Group, 1));

        Assert.EndsWith("Invalid update version 1 for feature group.version. Broker 3 does not support this feature.", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, Level(core, Group));
    }

    [Fact]
    public void Each_for_itself_before_4_0()
    {
        var core = Mixed("3.9.2", brokers: "3.9.2", (Metadata, 19));

        var response = Ask(core, Upgrade, (Metadata, 21), (Group, 1));

        Assert.Equal(ErrorCode.None, response.ErrorCode);
        Assert.Equal([(Group, ErrorCode.InvalidUpdateVersion), (Metadata, ErrorCode.None)], Results(response));
        Assert.Equal("Invalid update version 1 for feature group.version. Local controller 100 does not support this feature.", response.Results[0].ErrorMessage);
        Assert.Equal(21, Level(core, Metadata));
    }

    [Fact]
    public void A_controller_of_3_5_has_words_of_its_own()
    {
        var core = Mixed("3.6.2", brokers: "3.6.2", (Metadata, 11), old: (2, "3.5.2"));

        var response = Ask(core, Upgrade, (Metadata, 14));

        Assert.Equal(
            "Invalid update version 14 for feature metadata.version. Broker 2 does not support the given version. It supports 1 to 11.",
            response.Results[0].ErrorMessage);
    }

    [Fact]
    public void Nothing_changes_when_it_is_only_asked()
    {
        var core = Mixed("4.3.1", brokers: "4.3.1", (Metadata, 21));

        var response = new CoreClient(core, 1).Ask(new UpdateFeaturesRequest
        {
            ValidateOnly = true, FeatureUpdates = [new() { Feature = Metadata, MaxVersionLevel = 30 }],
        });

        Assert.Equal((ErrorCode.None, 21), (response.ErrorCode, Level(core, Metadata)));
    }

    [Theory]
    [InlineData(30, 29, Upgrade, "Invalid update version 29 for feature metadata.version. Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.")]
    [InlineData(30, 29, Safe, "Unsupported metadata.version downgrade from 30 to 29. Refusing to perform the requested downgrade because it might delete metadata information.")]
    [InlineData(30, 29, Unsafe, "Unsupported metadata.version downgrade from 30 to 29. Unsafe metadata downgrade is not supported in this version.")]
    [InlineData(29, 30, Safe, "Invalid update version 30 for feature metadata.version. Can't downgrade to a newer version.")]
    [InlineData(29, 6, Safe, "Invalid update version 6 for feature metadata.version. Local controller 100 only supports versions 7-30")]
    [InlineData(29, 31, Upgrade, "Invalid update version 31 for feature metadata.version. Local controller 100 only supports versions 7-30")]
    [InlineData(29, 30, 0, "Invalid update version 30 for feature metadata.version. The controller does not support the given upgrade type.")]
    [InlineData(29, -1, Safe, "Invalid update version -1 for feature metadata.version. A feature version cannot be less than 0.")]
    public void A_step_that_cannot_be_is_refused_in_Kafkas_words(short from, short to, sbyte type, string words)
    {
        var core = Mixed("4.3.1", brokers: "4.3.1", (Metadata, from));

        var response = Ask(core, type, (Metadata, to));

        Assert.Equal(ErrorCode.InvalidUpdateVersion, response.ErrorCode);
        Assert.Equal($"The update failed for all features since the following feature had an error: {words}", response.ErrorMessage);
        Assert.Equal(from, Level(core, Metadata));
    }

    [Fact]
    public void Where_no_record_has_changed_the_level_goes_back()
    {
        var core = Mixed("4.2.0", brokers: "4.2.0", (Metadata, 29));

        Assert.Equal(ErrorCode.None, Ask(core, Safe, (Metadata, 25)).ErrorCode);
        Assert.Equal(25, Level(core, Metadata));
    }

    [Fact]
    public void A_feature_that_needs_a_level_may_come_with_it_and_not_before_it()
    {
        const string Elr = "eligible.leader.replicas.version";
        var core = Mixed("4.3.1", brokers: "4.3.1", (Metadata, 21));

        Assert.EndsWith(
            "Invalid update version 1 for feature eligible.leader.replicas.version. eligible.leader.replicas.version could not be set to 1 "
            + "because it depends on metadata.version level 23",
            Ask(core, Upgrade, (Elr, 1)).ErrorMessage,
            StringComparison.Ordinal);
        Assert.Equal(ErrorCode.None, Ask(core, Upgrade, (Elr, 1), (Metadata, 30)).ErrorCode);
        Assert.Equal(1, Level(core, Elr));
    }

    // An old controller's BrokerRegistration has no features that begin at 0. Crossing 3.7-IV2 makes brokers register
    // again, in the same life: Metamorph must not ask for a second restart then.
    [Fact]
    public void Crossing_the_level_of_log_dir_ids_makes_brokers_register_again()
    {
        var core = Mixed("3.5.2", brokers: "4.3.1", (Metadata, 11));
        core.World.Metadata.Put(core.World.Metadata.Brokers.Now[1] with { Features = ImmutableSortedDictionary<string, FeatureRange>.Empty.Add(Metadata, new(7, 30)) });
        Restart(core, TestCluster.Controller, "4.3.1");
        Assert.EndsWith("Broker 1 does not support this feature.", Ask(core, Upgrade, (Group, 1)).ErrorMessage, StringComparison.Ordinal);
        var epoch = core.World.Metadata.Brokers.Now[1].Epoch;

        Assert.Equal(ErrorCode.None, Ask(core, Upgrade, (Metadata, 19)).ErrorCode);
        core.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.None, Ask(core, Upgrade, (Group, 1)).ErrorCode);
        Assert.Equal(epoch, core.World.Metadata.Brokers.Now[1].Epoch);
    }

    [Fact]
    public void A_controller_that_has_not_registered_holds_levels_back()
    {
        var core = TestCluster.Of("4.1.0", change: topology => topology with
        {
            Nodes =
            [
                .. topology.Nodes,
                TestCluster.ControllerOf("4.1.0", 101),
                TestCluster.ControllerOf("4.1.0", 102) with { IsRunning = false },
            ],
            Features = ImmutableSortedDictionary<string, short>.Empty.Add(Metadata, 25),
        });

        Assert.EndsWith(
            "controller 102 has not registered, and may not support this feature", Ask(core, Upgrade, (Metadata, 27)).ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.9.2", null)]
    [InlineData("4.3.1", "Broker ID 9 is not currently registered")]
    public void Unregistering_nobody_is_told(string release, string? message)
    {
        var response = new CoreClient(TestCluster.Of(release), 1).Ask(new UnregisterBrokerRequest { BrokerId = 9 });

        Assert.Equal((ErrorCode.BrokerIdNotRegistered, message), (response.ErrorCode, response.ErrorMessage));
    }

    [Fact]
    public void Of_several_brokers_that_hold_a_level_back_that_is_blamed_which_the_controller_has_hashed_first()
    {
        var core = Mixed("4.3.1", brokers: "3.9.2", (Metadata, 21));

        Assert.EndsWith("Broker 2 only supports versions 1-21", Ask(core, Upgrade, (Metadata, 30)).ErrorMessage, StringComparison.Ordinal);
    }

    private static void Restart(ClusterCore core, int node, string release)
    {
        core.Order(node, new NodeOrder.Stop());
        core.PassUntil(() => core.World.Nodes[new NodeId(node)].Life is null);
        core.Order(node, new NodeOrder.Start(KafkaRelease.Parse(release)));
        core.PassUntil(() => core.World.Quorum.IsActive);
        core.Pass(TimeSpan.FromSeconds(3));
    }

    private static ClusterCore Mixed(
        string controller, string brokers, (string Name, short Level) feature, (int Id, string Release)? old = null) =>
        TestCluster.Of(brokers, change: topology => topology with
        {
            Nodes =
            [
                .. topology.Nodes.Select(node => !node.IsBroker
                    ? TestCluster.ControllerOf(controller)
                    : node.Id.Value == old?.Id ? node with { Release = KafkaRelease.Parse(old.Value.Release) } : node),
            ],
            Features = ImmutableSortedDictionary<string, short>.Empty.Add(feature.Name, feature.Level),
        });

    private static UpdateFeaturesResponse Ask(ClusterCore core, sbyte type, params (string Name, short Level)[] wishes) =>
        new CoreClient(core, 1).Ask(
            new UpdateFeaturesRequest
            {
                FeatureUpdates = [.. wishes.Select(wish => new UpdateFeaturesRequest.FeatureUpdate { Feature = wish.Name, MaxVersionLevel = wish.Level, UpgradeType = type })],
            },
            version: 1);

    private static (string Feature, ErrorCode Code)[] Results(UpdateFeaturesResponse response) =>
        [.. response.Results.Select(result => (result.Feature, result.ErrorCode)).Order()];

    private static short Level(ClusterCore core, string feature) => core.World.Metadata.Features.Now.GetValueOrDefault(feature);
}
