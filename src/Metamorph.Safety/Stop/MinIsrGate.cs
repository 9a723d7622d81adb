using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>Keeps every partition led, and able to accept <c>acks=all</c> writes, while the node is down.</summary>
/// <remarks>
/// The counterfactual is asked per partition, internal topics included. A partition that is under min ISR keeps all its
/// replicas, also those that are not in sync: one of them may be the first to catch up. A topic that the operator
/// accepted by name may fall under min ISR, but with two or more replicas never loses its last in-sync one.
/// </remarks>
internal sealed class MinIsrGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question)
    {
        var topics = question.Now.Topics;
        return topics.IsKnown
            ? topics.Value.SelectMany(topic => ObjectionsOf(topic, question))
            : [new Objection.NotKnown("topics and partitions", topics.Why!)];
    }

    private static IEnumerable<Objection> ObjectionsOf(Topic topic, StopQuestion question)
    {
        var accepted = question.AcceptedUnavailable.Contains(topic.Name);
        var concerned = topic.Partitions.Where(partition => partition.Replicas.Contains(question.Node));
        if (!topic.MinIsr.IsKnown && !accepted)
        {
            return concerned.Any() ? [new Objection.MinIsrUnknown(topic.Name, topic.MinIsr.Why!)] : [];
        }

        return concerned
            .Select(partition => ObjectionOf(topic, partition, question.Node, accepted))
            .OfType<Objection>();
    }

    private static Objection? ObjectionOf(Topic topic, Partition partition, NodeId node, bool accepted)
    {
        var id = topic.IdOf(partition);
        if (partition.Leader is null)
        {
            return accepted && partition.Replicas.Count == 1 ? null : new Objection.Leaderless(id, partition.Replicas);
        }

        var isrAfter = partition.Isr.CountWithout(node);
        if (isrAfter == 0)
        {
            return accepted && partition.Replicas.Count == 1 ? null : new Objection.WouldGoOffline(id, partition.Replicas.Count);
        }

        if (accepted)
        {
            return null;
        }

        var floor = topic.FloorOf(partition).Value;
        if (partition.Isr.Count < floor)
        {
            return new Objection.Starved(id, partition.Isr.Count, floor);
        }

        return isrAfter < floor ? new Objection.WouldStarve(id, isrAfter, floor) : null;
    }
}
