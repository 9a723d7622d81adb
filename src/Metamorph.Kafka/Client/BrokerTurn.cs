using Metamorph.Model;

namespace Metamorph.Kafka.Client;

/// <summary>Whose turn it is to answer a question that is asked over and over.</summary>
/// <remarks>
/// Each broker answers from its own, possibly stale, metadata. Who compares one answer with the next holds a turn for that
/// question alone: on a turn that is shared, other questions in between may bring it back to the same broker each time.
/// </remarks>
public sealed class BrokerTurn
{
    private volatile Endpoint? last;

    /// <summary>Who was asked last; null: nobody yet.</summary>
    internal Endpoint? Last
    {
        get => last;
        set => last = value;
    }

    /// <summary>All of them, beginning after the one that was asked last: it comes last, however the list has changed.</summary>
    internal IEnumerable<Endpoint> After(IReadOnlyList<Endpoint> brokers)
    {
        var next = 0;
        while (next < brokers.Count && brokers[next] != last)
        {
            next++;
        }

        next = next == brokers.Count ? 0 : next + 1;
        return brokers.Skip(next).Concat(brokers.Take(next));
    }
}
