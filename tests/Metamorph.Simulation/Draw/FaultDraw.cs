using System.Collections.Immutable;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>Draws what goes wrong, and when.</summary>
internal static class FaultDraw
{
    /// <summary>About as long as a node's restart takes, so that most faults meet the upgrade, wherever it is.</summary>
    private const int SecondsPerNode = 9;

    /// <summary>About as many as a node's restart takes.</summary>
    private const int WritesPerNode = 9;

    public static ImmutableArray<Fault> Of(
        Entropy entropy, (ImmutableArray<int> All, ImmutableArray<int> Voters) nodes, int brokers, ImmutableArray<TopicLayout> topics)
    {
        var faults = new List<Fault>();
        for (var i = 0; i < entropy.Pick([0, 1, 1, 2, 2, 3, 4, 5]); i++)
        {
            var at = TimeSpan.FromMilliseconds(entropy.Between(0, nodes.All.Length * SecondsPerNode * 1000));
            var lasts = TimeSpan.FromMilliseconds(entropy.Between(200, 25_000));
            int? write = entropy.Chance(40) ? entropy.Between(1, nodes.All.Length * WritesPerNode) : null;
            faults.Add(Draw(entropy, at, lasts, nodes, brokers, topics) with { BehindWrite = write });
        }

        return [.. faults.OrderBy(fault => fault.At)];
    }

    private static Fault Draw(
        Entropy entropy,
        TimeSpan at,
        TimeSpan lasts,
        (ImmutableArray<int> All, ImmutableArray<int> Voters) nodes,
        int brokers,
        ImmutableArray<TopicLayout> topics)
    {
        var node = entropy.Pick(nodes.All);
        var voter = entropy.Pick(nodes.Voters);
        var broker = entropy.Between(1, brokers);
        var topic = entropy.Pick(topics);
        return entropy.Next(13) switch
        {
            0 => new Fault.Crash(at, node, lasts),
            1 => new Fault.Hang(at, node, lasts),
            2 => new Fault.SlowAnswers(at, node, lasts, TimeSpan.FromMilliseconds(entropy.Between(20, 2000))),
            3 => new Fault.CutOff(at, node, lasts),
            4 => new Fault.IsrFlap(at, broker, TimeSpan.FromMilliseconds(entropy.Between(100, 3000)), entropy.Between(1, 3)),
            5 => new Fault.LostAnswers(at, node, entropy.Between(1, 5)),
            6 => new Fault.ControllerChange(at),
            7 => new Fault.ForeignReassignment(at, topic.Name, entropy.Next(topic.Partitions), entropy.Next(), lasts),
            8 => new Fault.TopicDeleted(at, topic.Name.StartsWith("load", StringComparison.Ordinal) ? "idle" : topic.Name),
            9 => new Fault.TopicCreated(at, $"made-{entropy.Next(1000)}"),
            10 => new Fault.MinIsrRaised(at, topic.Name, lasts),
            11 => new Fault.CutOff(at, voter, lasts),
            _ => new Fault.FullDisk(at, broker, lasts),
        };
    }
}
