using Metamorph.Model;

namespace Metamorph.Execution.Tests;

/// <summary>One partition, with the replicas that are in sync.</summary>
internal sealed class SimulatedPartition(TopicPartition id, int minIsr, int[] replicas)
{
    public TopicPartition Id => id;

    public int MinIsr => minIsr;

    public int[] Replicas => replicas;

    public List<int> Isr { get; } = [.. replicas];

    public int? Leader { get; set; } = replicas[0];

    /// <summary>Replicas that somebody else keeps out of sync.</summary>
    public HashSet<int> HeldBack { get; } = [];

    public void Leave(int node)
    {
        if (Isr.Count > 1)
        {
            Isr.Remove(node);
        }

        if (Leader == node)
        {
            Leader = Isr.Contains(node) ? null : Isr[0];
        }
    }

    public void Join(int node)
    {
        if (replicas.Contains(node) && !HeldBack.Contains(node))
        {
            if (!Isr.Contains(node))
            {
                Isr.Add(node);
            }

            Leader ??= node;
        }
    }
}
