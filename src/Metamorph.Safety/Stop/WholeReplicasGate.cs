using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>Nobody else may be recovering: where the node has a replica, every other replica must be in sync.</summary>
/// <remarks>
/// Min ISR alone would allow a second copy to go while the first still catches up (RF 3, min ISR 1). Kafka's own
/// upgrade tests wait for the whole ISR after each node for the same reason. A replica that only the node itself misses
/// is no reason to keep it: restarting the sick one first is what helps.
/// </remarks>
internal sealed class WholeReplicasGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question)
    {
        if (!question.Now.Topics.IsKnown)
        {
            yield break; // MinIsrGate says so.
        }

        foreach (var topic in question.Now.Topics.Value.Where(topic => !question.AcceptedUnavailable.Contains(topic.Name)))
        {
            foreach (var partition in topic.Partitions.Where(partition => partition.Replicas.Contains(question.Node)))
            {
                if (partition.Isr.CountWithout(question.Node) < partition.Replicas.CountWithout(question.Node))
                {
                    yield return new Objection.UnderReplicated(
                        topic.IdOf(partition), partition.Isr.Count, partition.Replicas.Count);
                }
            }
        }
    }
}
