using System.Collections.Immutable;
using System.Text;
using Metamorph.Model;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>A snapshot for a person: the nodes, the quorum, the features, and what is not well.</summary>
internal static class SnapshotText
{
    /// <summary>Partitions and groups named before the rest is counted.</summary>
    private const int Named = 8;

    public static string Of(string name, ClusterSnapshot snapshot)
    {
        var text = new StringBuilder();
        text.AppendLine($"{name}  (cluster id {snapshot.ClusterId}, {(snapshot.IsZooKeeperMode ? "ZooKeeper" : "KRaft")})");
        text.AppendLine();
        Nodes(text, snapshot);
        Quorum(text, snapshot);
        Features(text, snapshot);
        Topics(text, snapshot);
        Others(text, snapshot);
        return text.ToString().TrimEnd();
    }

    private static void Nodes(StringBuilder text, ClusterSnapshot snapshot)
    {
        text.AppendLine($"  {"node",-5} {"roles",-19} {"rack",-6} {"release",-9} {"state",-10} {"replicas",8} {"leads",6} {"data",10} {"free",10}");
        foreach (var node in snapshot.Nodes.Values)
        {
            var partitions = snapshot.Topics.Or([]).SelectMany(topic => topic.Partitions).ToList();
            var dirs = node.LogDirs.Or([]);
            dirs = dirs.IsDefault ? [] : dirs;
            var bytes = dirs.Sum(dir => dir.Replicas.Sum(replica => replica.Bytes));
            long? free = dirs.Any(dir => dir.UsableBytes is not null) ? dirs.Min(dir => dir.UsableBytes) : null;
            text.AppendLine(
                $"  {node.Id,-5} {RolesOf(node),-19} {node.Rack ?? "-",-6} {(node.Running.IsKnown ? node.Running.Value.ToString() : "unknown"),-9} {StateOf(node),-10} " +
                $"{partitions.Count(partition => partition.Replicas.Contains(node.Id)),8} {partitions.Count(partition => partition.Leader == node.Id),6} " +
                $"{Size(bytes),10} {(free is { } known ? Size(known) : "-"),10}");
        }

        foreach (var node in snapshot.Nodes.Values.Where(node => node.IsConfigured && !node.Running.IsKnown))
        {
            text.AppendLine($"  node {node.Id}: {node.Running.Why}");
        }

        text.AppendLine();
    }

    private static void Quorum(StringBuilder text, ClusterSnapshot snapshot)
    {
        if (!snapshot.Quorum.IsKnown)
        {
            text.AppendLine($"  quorum    unknown: {snapshot.Quorum.Why}");
            return;
        }

        var quorum = snapshot.Quorum.Value;
        var now = quorum.Leader is { } leader ? quorum.Voter(leader)?.LastCaughtUp : null;
        var voters = quorum.Voters.Select(voter =>
            voter.Id == quorum.Leader ? $"{voter.Id} (leader)" :
            now - voter.LastCaughtUp is { } behind ? $"{voter.Id} ({behind.TotalMilliseconds:0} ms behind)" : $"{voter.Id} (unknown)");
        text.AppendLine($"  quorum    {string.Join(", ", voters)}; epoch {quorum.LeaderEpoch}, high watermark {quorum.HighWatermark}");
    }

    private static void Features(StringBuilder text, ClusterSnapshot snapshot) => text.AppendLine(snapshot.Features.IsKnown
        ? $"  features  {string.Join(", ", snapshot.Features.Value.Levels.Select(level => $"{level.Key}={level.Value}"))}"
        : $"  features  unknown: {snapshot.Features.Why}");

    private static void Topics(StringBuilder text, ClusterSnapshot snapshot)
    {
        if (!snapshot.Topics.IsKnown)
        {
            text.AppendLine($"  topics    unknown: {snapshot.Topics.Why}");
            return;
        }

        var topics = snapshot.Topics.Value;
        var all = topics.SelectMany(topic => topic.Partitions.Select(partition => (Topic: topic, Partition: partition))).ToList();
        text.AppendLine($"  topics    {topics.Length} with {all.Count} partitions");
        Line(text, "offline", [.. all.Where(each => each.Partition.Leader is null).Select(Name)]);
        Line(text, "under min ISR", [.. all.Where(each => each.Topic.FloorOf(each.Partition) is { IsKnown: true } floor && each.Partition.Isr.Count < floor.Value).Select(Name)]);
        Line(text, "under-replicated", [.. all.Where(each => each.Partition.IsUnderReplicated).Select(Name)]);
        Line(text, "not led by their preferred leader", [.. all.Where(each => each.Partition.Leader is { } leader && leader != each.Partition.PreferredLeader).Select(Name)]);

        static string Name((Topic Topic, Partition Partition) each) => each.Topic.IdOf(each.Partition).ToString();
    }

    private static void Others(StringBuilder text, ClusterSnapshot snapshot)
    {
        Line(text, "being reassigned", [.. Known(snapshot.Reassignments).Select(move => $"{move.Partition} +{move.Adding} -{move.Removing}")]);
        Line(text, "throttled", [.. Known(snapshot.Throttles).Select(throttle => $"{throttle.Resource} {throttle.Key}={throttle.Value}")]);
        foreach (var group in Known(snapshot.Groups).Take(Named))
        {
            text.AppendLine($"  group     {group.Id}: {group.State}, {(group.Members < 0 ? "an unknown number of" : group.Members.ToString())} members, lag {group.Lag}");
        }
    }

    private static ImmutableArray<T> Known<T>(Observed<ImmutableArray<T>> observed) => observed.IsKnown ? observed.Value : [];

    private static void Line(StringBuilder text, string what, List<string> names)
    {
        if (names.Count > 0)
        {
            text.AppendLine($"  ! {names.Count} {what}: {Quantity.List(names, Named)}");
        }
    }

    private static string RolesOf(Node node) => (node.IsBroker, node.IsController) switch
    {
        (true, true) => "broker,controller",
        (true, false) => "broker",
        (false, true) => "controller",
        _ => "unknown",
    };

    private static string StateOf(Node node) => node switch
    {
        { IsConfigured: false } => "unlisted",
        { IsServing: true } => "serving",
        { Process: { IsKnown: true, Value: null } } => "down",
        { Process.IsKnown: false } => "unknown",
        { Registration: { IsKnown: true, Value: BrokerRegistration.Fenced } } => "fenced",
        _ => "starting",
    };

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 40 => $"{bytes / (double)(1L << 40):0.0} TiB",
        >= 1L << 30 => $"{bytes / (double)(1L << 30):0.0} GiB",
        >= 1L << 20 => $"{bytes / (double)(1L << 20):0.0} MiB",
        _ => $"{bytes / (double)(1L << 10):0.0} KiB",
    };
}
