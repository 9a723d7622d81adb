using Metamorph.Model;

namespace Metamorph.Sandbox.Tests;

public sealed class SandboxLayoutTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(1, 1)]
    public void Every_partition_has_the_replicas_that_were_asked_for(int brokers, int replicas)
    {
        var layout = new SandboxLayout
        {
            Release = KafkaRelease.Parse("4.3.1"), Brokers = brokers, Topics = [new TopicLayout("t", 30, replicas)],
        };

        var topology = layout.ToTopology(listener => new Endpoint($"node-{listener.Node}", 9092));

        Assert.All(topology.Topics.Single().Partitions, partition => Assert.Equal(replicas, partition.Replicas.Length));
    }
}
