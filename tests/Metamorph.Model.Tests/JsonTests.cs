using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Metamorph.Model.Json;
using Metamorph.Tests;

namespace Metamorph.Model.Tests;

public sealed class JsonTests
{
    [Fact]
    public void Every_objection_comes_back_as_it_was()
    {
        Assert.Equal(Samples.CasesOf(typeof(Objection)).ToHashSet(), [.. Samples.Objections.Select(objection => objection.GetType())]);

        var back = Same(Samples.Objections, ModelJson.Default.ImmutableArrayObjection);

        Assert.Equal(Samples.Objections.Select(objection => objection.GetType()), back.Select(objection => objection.GetType()));
    }

    [Fact]
    public void Every_event_comes_back_as_it_was() => Assert.All(Samples.Events, happened =>
        Assert.Equal(happened.GetType(), Same(happened, ModelJson.Default.UpgradeEvent).GetType()));

    [Fact]
    public void A_plan_with_every_step_comes_back_as_it_was()
    {
        Assert.Equal(Samples.CasesOf(typeof(Step)).ToHashSet(), [.. Samples.Steps.Select(step => step.GetType())]);

        var back = Same(Samples.Plan, ModelJson.Default.UpgradePlan);

        Assert.Equal(Samples.Plan.Steps.AsEnumerable(), back.Steps);
        Assert.Equal(Samples.Plan.Forecast, back.Forecast);
        Assert.Equal(Samples.Plan.LagLimits, back.LagLimits.AsEnumerable());
    }

    [Fact]
    public void What_is_known_is_itself_and_what_is_not_says_why()
    {
        var snapshot = new ClusterSnapshot
        {
            TakenAt = Samples.Start,
            ClusterId = "id",
            Nodes = ImmutableSortedDictionary<NodeId, Node>.Empty.Add(new(1), new Node
            {
                Id = new(1),
                IsBroker = true,
                Process = Observed<NodeProcess?>.Of(null),
                Installed = Observed<KafkaRelease>.Of(Samples.From),
                Registration = Observed<BrokerRegistration>.Of(BrokerRegistration.Fenced),
                LogDirs = Observed<ImmutableArray<LogDir>>.Unknown("it did not answer"),
            }),
            Topics = Observed<ImmutableArray<Topic>>.Of(
            [
                new Topic
                {
                    Name = "orders",
                    MinIsr = Observed<int>.Of(2),
                    Partitions = [new Partition { Index = 0, Leader = new NodeId(1), Replicas = new([1, 2]), Isr = NodeList.Empty }],
                },
            ]),
        };

        var back = Same(snapshot, ModelJson.Default.ClusterSnapshot);

        var node = back.Nodes[new(1)];
        Assert.True(node.Process is { IsKnown: true, Value: null });
        Assert.Equal(Samples.From, node.Installed.Value);
        Assert.Equal("it did not answer", node.LogDirs.Why);
        Assert.Equal("it was not read", node.RegistrationEpoch.Why);
        var partition = back.Topics.Value[0].Partitions[0];
        Assert.Equal(new NodeId(1), partition.Leader);
        Assert.Equal([new(1), new(2)], partition.Replicas);
    }

    // Records with arrays compare by reference, so the second writing stands for the value.
    private static T Same<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.Serialize(value, type);
        var back = JsonSerializer.Deserialize(json, type)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, type));
        return back;
    }
}
