using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Admin;

public sealed class LogDirTests
{
    private const long Size = 1_000_000_000;

    [Fact]
    public void A_replica_moves_to_another_log_dir_and_leaves_its_bytes_behind_for_a_minute()
    {
        var core = TestCluster.Of("4.1.0", change: topology => topology with
        {
            Nodes = [.. topology.Nodes.Select(node => node with { LogDirs = [new("/a", 1L << 40), new("/b", 1L << 40)] })],
            Topics = [new TopicSpec { Name = "t", Partitions = [new() { Replicas = [1, 2], Bytes = Size, EndOffset = 1000 }] }],
        });
        Assert.Equal([("/a", Size), ("/b", 0)], Dirs(core));

        Assert.Equal(ErrorCode.LogDirNotFound, Move(core, "/nowhere"));
        Assert.Equal(ErrorCode.ReplicaNotAvailable, Move(core, "/b", index: 7));
        Assert.Equal(ErrorCode.None, Move(core, "/b"));
        core.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal([("/a", 0), ("/b", Size)], Dirs(core));
        Assert.Equal(Size, core.World.Replication.DisksOf(core.World.Nodes.Find(1)!)[0].UsedBytes);
        core.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, core.World.Replication.DisksOf(core.World.Nodes.Find(1)!)[0].UsedBytes);
    }

    private static (string Dir, long Bytes)[] Dirs(ClusterCore core) =>
    [
        .. new CoreClient(core, 1).Ask(new DescribeLogDirsRequest { Topics = null }).Results.Select(dir => (
            dir.LogDir, dir.Topics.Sum(topic => topic.Partitions.Sum(partition => partition.PartitionSize)))),
    ];

    private static ErrorCode Move(ClusterCore core, string path, int index = 0) => new CoreClient(core, 1).Ask(new AlterReplicaLogDirsRequest
    {
        Dirs = [new() { Path = path, Topics = [new() { Name = "t", Partitions = [index] }] }],
    }).Results[0].Partitions[0].ErrorCode;
}
