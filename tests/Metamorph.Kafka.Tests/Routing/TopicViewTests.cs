using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Tests.Routing;

public sealed class TopicViewTests
{
    private static readonly Guid Id = Guid.Parse("0b7f1c5e-4a34-4c0e-9f0a-000000000001");

    [Fact]
    public void A_broker_that_lags_behind_does_not_bring_an_old_leader_back()
    {
        var view = TopicView.Unknown("orders").With(Answer(leader: 2, epoch: 5)).With(Answer(leader: 1, epoch: 4));

        Assert.Equal(new PartitionLeader(new NodeId(2), 5), view.Leaders.Single());
    }

    [Fact]
    public void A_topic_that_was_made_anew_begins_with_new_epochs()
    {
        var view = TopicView.Unknown("orders").With(Answer(2, 5)).With(Answer(1, 0, Guid.Parse("0b7f1c5e-4a34-4c0e-9f0a-000000000002")));

        Assert.Equal(new PartitionLeader(new NodeId(1), 0), view.Leaders.Single());
    }

    [Fact]
    public void A_hint_counts_only_when_it_is_newer_and_its_broker_can_be_reached()
    {
        var view = TopicView.Unknown("orders").With(Answer(1, 5));

        Assert.Same(view, view.With(0, new PartitionLeader(new NodeId(2), 5), null));
        Assert.Same(view, view.With(0, new PartitionLeader(new NodeId(9), 6), null));
        Assert.Equal(new Endpoint("two", 9092), view.With(0, new PartitionLeader(new NodeId(2), 6), null).EndpointOf(0));
        Assert.Equal(new Endpoint("nine", 9092), view.With(0, new PartitionLeader(new NodeId(9), 6), new("nine", 9092)).EndpointOf(0));
    }

    [Fact]
    public void A_topic_without_an_id_has_none()
    {
        Assert.Null(TopicView.Unknown("orders").With(Answer(1, 0, Guid.Empty)).Id);
        Assert.Equal(Id, TopicView.Unknown("orders").With(Answer(1, 0)).Id);
    }

    private static MetadataResponse Answer(int leader, int epoch, Guid? id = null) => new()
    {
        Brokers = [new() { NodeId = 1, Host = "one", Port = 9092 }, new() { NodeId = 2, Host = "two", Port = 9092 }],
        Topics =
        [
            new()
            {
                Name = "orders",
                TopicId = id ?? Id,
                Partitions = [new() { PartitionIndex = 0, LeaderId = leader, LeaderEpoch = epoch }],
            },
        ],
    };
}
