namespace Metamorph.Sandbox;

/// <summary>
/// Chooses where replicas of new partitions go: over racks and brokers in stripes, never first on a fenced broker
/// (<c>StripedReplicaPlacer</c>).
/// </summary>
internal sealed class ReplicaPlacer
{
    private readonly Entropy entropy;
    private readonly ReleaseProfile controller;
    private readonly List<Rack> racks = [];
    private readonly int total;
    private readonly int unfenced;
    private int epoch;
    private int offset;

    /// <param name="entropy">Where the stripes begin.</param>
    /// <param name="brokers">The registered brokers; one in controlled shutdown takes nothing new.</param>
    /// <param name="controller">Whose words refusals have.</param>
    public ReplicaPlacer(Entropy entropy, IEnumerable<BrokerRecord> brokers, ReleaseProfile controller)
    {
        (this.entropy, this.controller) = (entropy, controller);
        foreach (var rack in brokers
            .Where(broker => !broker.IsInControlledShutdown)
            .GroupBy(broker => broker.Rack)
            .OrderBy(rack => rack.Key, StringComparer.Ordinal))
        {
            racks.Add(new Rack(Stripe(rack.Where(broker => broker.IsFenced)), Stripe(rack.Where(broker => !broker.IsFenced))));
            total += rack.Count();
            unfenced += rack.Count(broker => !broker.IsFenced);
        }

        offset = racks.Count == 0 ? 0 : entropy.Next(racks.Count);
    }

    /// <summary>Why nothing can be placed so; null when it can.</summary>
    public string? WhyNot(int replicas) => replicas switch
    {
        <= 0 => $"Invalid replication factor {replicas}: the replication factor must be positive.",
        _ when unfenced == 0 => controller.CordonsLogDirs
            ? "All brokers are currently fenced, or have all their log directories cordoned."
            : "All brokers are currently fenced.",
        _ when replicas > total =>
            $"The target replication factor of {replicas} cannot be reached because only {total} broker(s) are registered"
            + (controller.CordonsLogDirs ? " or some brokers have all their log directories cordoned." : "."),
        _ => null,
    };

    /// <summary>The replicas of each partition, the preferred leader first.</summary>
    public int[][] Place(int partitions, int replicas)
    {
        var placed = new int[partitions][];
        for (var partition = 0; partition < partitions; partition++)
        {
            placed[partition] = PlaceOne(replicas);
        }

        return placed;
    }

    private int[] PlaceOne(int replicas)
    {
        // After as many placements as there are unfenced brokers the same ones would come again.
        if (epoch == unfenced && unfenced > 1)
        {
            Shuffle();
            epoch = 0;
        }

        offset = offset == racks.Count ? 0 : offset;
        var placed = new List<int>(replicas);
        var first = offset;
        int leader;
        while ((leader = racks[first].Unfenced.Next(epoch)) < 0)
        {
            first = (first + 1) % racks.Count;
        }

        placed.Add(leader);
        var rack = offset;
        while (placed.Count < replicas)
        {
            // The rack of the leader is passed over once: it has its replica.
            var next = rack == first ? -1 : racks[rack].Next(epoch);
            first = rack == first ? -1 : first;
            rack = (rack + 1) % racks.Count;
            if (next >= 0)
            {
                placed.Add(next);
            }
        }

        epoch++;
        offset++;
        return [.. placed];
    }

    private BrokerStripe Stripe(IEnumerable<BrokerRecord> brokers)
    {
        var ids = brokers.Select(broker => broker.Id).Order().ToList();
        return new BrokerStripe(ids, ids.Count == 0 ? 0 : entropy.Next(ids.Count));
    }

    private void Shuffle()
    {
        Shuffle(racks);
        foreach (var rack in racks)
        {
            Shuffle(rack.Fenced.Brokers);
            Shuffle(rack.Unfenced.Brokers);
        }
    }

    private void Shuffle<T>(List<T> all)
    {
        for (var last = all.Count - 1; last > 0; last--)
        {
            var other = entropy.Next(last + 1);
            (all[last], all[other]) = (all[other], all[last]);
        }
    }

    private sealed record Rack(BrokerStripe Fenced, BrokerStripe Unfenced)
    {
        public int Next(int epoch) => Unfenced.Next(epoch) is var unfenced and >= 0 ? unfenced : Fenced.Next(epoch);
    }

    /// <summary>Gives each of its brokers once in an epoch, and begins one further in the next.</summary>
    private sealed class BrokerStripe(List<int> brokers, int offset)
    {
        private int offset = offset;
        private int epoch;
        private int index;

        public List<int> Brokers => brokers;

        public int Next(int now)
        {
            if (brokers.Count == 0)
            {
                return -1;
            }

            if (epoch != now)
            {
                (epoch, index, offset) = (now, 0, (offset + 1) % brokers.Count);
            }

            return index >= brokers.Count ? -1 : brokers[(index++ + offset) % brokers.Count];
        }
    }
}
