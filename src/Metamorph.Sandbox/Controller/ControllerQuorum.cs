namespace Metamorph.Sandbox;

/// <summary>The controllers that vote, and which of them is active. Its log is <see cref="MetadataStore"/>.</summary>
/// <remarks>
/// While nobody is active nothing is registered, fenced, elected or changed; what waits for a controller waits here.
/// </remarks>
internal sealed class ControllerQuorum(World world)
{
    /// <summary>A voter that is back reads what it has missed.</summary>
    private static readonly (TimeSpan Min, TimeSpan Max) CatchesUp = (TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(400));

    /// <summary>From a leader's farewell (EndQuorumEpoch) to its successor.</summary>
    private static readonly (TimeSpan Min, TimeSpan Max) HandsOver = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200));

    /// <summary><c>controller.quorum.election.timeout.ms</c>: how much longer an election takes at most.</summary>
    private static readonly TimeSpan ElectionTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long the leader remembers a broker that does not fetch any more (LeaderState, <c>OBSERVER_SESSION_TIMEOUT_MS</c>).</summary>
    private static readonly TimeSpan ObserverSession = TimeSpan.FromMinutes(5);

    private readonly Dictionary<int, DateTimeOffset> lostAt = [];
    private readonly Dictionary<int, long> endWhenLost = [];
    private readonly List<Action> waiting = [];
    private CoreTimer? election;

    /// <summary>The active controller; null while there is none.</summary>
    public SandboxNode? Leader { get; private set; }

    public int Epoch { get; private set; } = 1;

    public bool IsActive => Leader is not null;

    /// <summary>The release of the active controller; without one, of the first that will be.</summary>
    public ReleaseProfile? Profile => Leader?.Life?.Profile;

    /// <summary>When a node last held all of the log; null: never since it is observed.</summary>
    public DateTimeOffset? LastCaughtUp(SandboxNode node) =>
        Fetches(node) ? world.Now : lostAt.TryGetValue(node.Id.Value, out var at) ? at : null;

    /// <summary>Where the log of a node ends, as far as it is known.</summary>
    public long LogEnd(SandboxNode node) =>
        Fetches(node) ? world.Metadata.End : endWhenLost.GetValueOrDefault(node.Id.Value, -1);

    /// <summary>A broker that is no voter, and that has fetched from the leader lately.</summary>
    public bool IsObserver(SandboxNode node) =>
        !node.IsController && LastCaughtUp(node) is { } caughtUp && world.Now - caughtUp < ObserverSession;

    /// <summary>Makes the first controller active, as if it had been for long.</summary>
    public void Settle()
    {
        Leader = world.Nodes.Voters.FirstOrDefault(CanVote);
        world.Controller.BecameActive();
    }

    /// <summary>A controller has started.</summary>
    public void Join(SandboxNode node, NodeLife life) =>
        world.After(world.Entropy.Between(CatchesUp.Min, CatchesUp.Max), () => NodeTable.WhenAwake(node, life, () =>
        {
            life.IsVoting = true;
            Back(node);
        }));

    /// <summary>A voter can vote again, or a broker fetches again.</summary>
    public void Back(SandboxNode node)
    {
        if (Fetches(node))
        {
            lostAt.Remove(node.Id.Value);
        }

        if (CanVote(node))
        {
            world.Controller.ControllerJoined(node);
            if (Leader is null)
            {
                ElectIn(world.Entropy.Between(TimeSpan.FromMilliseconds(50), ElectionTimeout));
            }
        }
    }

    /// <summary>The active controller gives its office up, as it does when its clock or its disk fails it for a moment.</summary>
    public void Abdicate()
    {
        if (Leader is not null)
        {
            Leave(isClean: true);
        }
    }

    /// <summary>A node is gone, stands still, or is not reached any more.</summary>
    public void Lost(SandboxNode node, bool isClean)
    {
        if (TakesPart(node) && !lostAt.ContainsKey(node.Id.Value))
        {
            (lostAt[node.Id.Value], endWhenLost[node.Id.Value]) = (world.Now, world.Metadata.End);
        }

        if (!node.IsController)
        {
            return;
        }

        if (node.Life is { } life && isClean)
        {
            life.IsVoting = false;
        }

        if (Leader == node)
        {
            Leave(isClean);
        }
        else if (Leader is not null && !HasMajority(without: node))
        {
            // It steps down when too few voters fetch from it (KIP-835); until then it could commit nothing anyway.
            Leave(isClean: false);
        }
    }

    /// <summary>Does something at the active controller as soon as there is one.</summary>
    public void WhenActive(Action act)
    {
        if (IsActive)
        {
            act();
        }
        else
        {
            waiting.Add(act);
        }
    }

    /// <summary>Does something at the active controller as soon as a node reaches one, while it lives.</summary>
    public void WhenReachedFrom(SandboxNode node, NodeLife life, Action act) =>
        world.After(world.Timings.Hop, () =>
        {
            if (node.Life != life)
            {
                return;
            }

            if (node.IsCutOff)
            {
                world.After(world.Timings.HeartbeatInterval, () => WhenReachedFrom(node, life, act));
            }
            else
            {
                WhenActive(() =>
                {
                    if (node.Life == life)
                    {
                        act();
                    }
                });
            }
        });

    private static bool CanVote(SandboxNode node) => node.IsController && Fetches(node);

    private static bool Fetches(SandboxNode node) => node.IsReachable && TakesPart(node);

    /// <summary>A voter that has caught up, or a broker that has registered.</summary>
    private static bool TakesPart(SandboxNode node) =>
        node.IsController ? node.Life is { IsVoting: true } : node.Life is { BrokerEpoch: >= 0 };

    private bool HasMajority(SandboxNode? without) =>
        world.Nodes.Voters.Count(voter => voter != without && CanVote(voter)) > world.Nodes.Voters.Length / 2;

    private void Leave(bool isClean)
    {
        world.Say($"controller {Leader!.Id} is no longer active");
        Leader = null;
        ElectIn(isClean
            ? world.Entropy.Between(HandsOver.Min, HandsOver.Max)
            : world.Timings.QuorumFetchTimeout + world.Entropy.Between(TimeSpan.Zero, ElectionTimeout));
    }

    private void ElectIn(TimeSpan delay)
    {
        election?.Cancel();
        election = world.After(delay, Elect);
    }

    private void Elect()
    {
        var candidates = world.Nodes.Voters.Where(CanVote).ToList();
        if (Leader is not null || !HasMajority(without: null))
        {
            return;
        }

        Leader = world.Entropy.Pick(candidates);
        Epoch++;

        // It has heard of no broker that is away.
        foreach (var broker in world.Nodes.Brokers.Where(broker => !broker.IsController))
        {
            lostAt.Remove(broker.Id.Value);
        }

        world.Say($"controller {Leader.Id} is active, epoch {Epoch}");
        world.Controller.BecameActive();
        var released = waiting.ToList();
        waiting.Clear();
        released.ForEach(act => act());
    }
}
