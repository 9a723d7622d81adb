using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.SideBySide.Stories;

/// <summary>Topics are created and deleted, and refused in every way that an operator meets.</summary>
public sealed class TopicsComeAndGo : Story
{
    public override string Name => "topics";

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2]);
        await play.CreateTopicsAsync("create auto by the defaults of the cluster", Counted("auto", -1, -1));
        await play.CreateTopicsAsync("create auto-six with 6 partitions of 2", Counted("auto-six", 6, 2));
        await play.UntilWholeAsync("auto-0", "auto-six-5");

        await RefusedAsync(play);
        await play.CreateTopicsAsync(
            "create two, one of which is there", Play.Placed("t", [1]), Play.Placed("u", [1]));
        await play.UntilWholeAsync("u-0");

        await play.DeleteAsync("auto", "auto-six", "u", "nowhere");
        await play.UntilAsync("u is gone", view => !view.Partitions.ContainsKey("u-0"));
        await play.DeleteAsync("u");
        await play.CreateAsync("u", [3, 2]);

        await WithoutOneAsync(play);
    }

    private static async Task RefusedAsync(Play play)
    {
        await play.CreateTopicsAsync("create t again", Counted("t", 1, 1));
        await play.CreateTopicsAsync("create with 4 replicas", Counted("many", 1, 4));
        await play.CreateTopicsAsync("create with 0 replicas", Counted("none", 1, 0));
        await play.CreateTopicsAsync("create with 0 partitions", Counted("none", 0, 1));
        await play.CreateTopicsAsync("create with a slash", Counted("a/b", 1, 1));
        await play.CreateTopicsAsync("create a dot", Counted(".", 1, 1));
        await play.CreateTopicsAsync("create without a name", Counted("", 1, 1));
        await play.CreateTopicsAsync("create with 250 letters", Counted(new string('x', 250), 1, 1));
        await play.CreateTopicsAsync("create a.b, only asked", validateOnly: true, Counted("a.b", 1, 1));
        await play.CreateTopicsAsync("create t twice in one request", Counted("twice", 1, 1), Counted("twice", 1, 1));
        await play.CreateTopicsAsync("create on an unknown broker", Play.Placed("v", [1, 9]));
        await play.CreateTopicsAsync("create on one broker twice", Play.Placed("v", [1, 1]));
        await play.CreateTopicsAsync("create on no broker", Play.Placed("v", [[]]));
        await play.CreateTopicsAsync("create with 2 replicas and 1", Play.Placed("v", [1, 2], [3]));
        await play.CreateTopicsAsync("create with an unknown config", new CreateTopicsRequest.Topic
        {
            Name = "v",
            NumPartitions = 1,
            ReplicationFactor = 1,
            Configs = [new() { Name = "no.such.config", Value = "1" }],
        });
        await play.CreateTopicsAsync("create with a config of no number", new CreateTopicsRequest.Topic
        {
            Name = "v",
            NumPartitions = 1,
            ReplicationFactor = 1,
            Configs = [new() { Name = "segment.bytes", Value = "much" }],
        });
        await play.CreateTopicsAsync("create both counted and placed", new CreateTopicsRequest.Topic
        {
            Name = "v",
            NumPartitions = 1,
            ReplicationFactor = 1,
            Assignments = [new() { PartitionIndex = 0, BrokerIds = [1] }],
        });
    }

    private static async Task WithoutOneAsync(Play play)
    {
        await play.StopAsync(2);
        await play.UntilAsync("2 is not live", view => !view.IsLive(2));
        await play.CreateTopicsAsync("create with 3 replicas on 2 live brokers", Counted("auto-three", 1, 3));
        await play.CreateTopicsAsync("create with 2 replicas on 2 live brokers", Counted("auto-two", 1, 2));
        await play.CreateTopicsAsync("create on a stopped broker", Play.Placed("w", [2]));
        await play.CreateTopicsAsync("create on a stopped broker and others", Play.Placed("w", [2, 1, 3]));
        await play.UntilAsync("w has a leader", view => view.Partitions.TryGetValue("w-0", out var w) && w.Leader >= 0);
        await play.DeleteAsync("t");
        await play.UntilAsync("t is gone", view => !view.Partitions.ContainsKey("t-0"));
    }

    private static CreateTopicsRequest.Topic Counted(string name, int partitions, short replicas) =>
        new() { Name = name, NumPartitions = partitions, ReplicationFactor = replicas };
}
