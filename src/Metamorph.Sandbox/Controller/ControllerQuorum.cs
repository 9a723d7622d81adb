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

    /// <summary>When a voter last held all of the log; null: never since it is observed.</summary>
    public DateTimeOffset? LastCaughtUp(SandboxNode voter) =>
        CanVote(voter) ? world.Now : lostAt.TryGetValue(voter.Id.Value, out var at) ? at : null;

    /// <summary>Where the log of a voter ends, as far as it is known.</summary>
    public long LogEnd(SandboxNode voter) =>
        CanVote(voter) ? world.Metadata.End : endWhenLost.GetValueOrDefault(voter.Id.Value, -1);

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

    /// <summary>A voter can vote again.</summary>
    public void Back(SandboxNode node)
    {
        if (CanVote(node))
        {
            lostAt.Remove(node.Id.Value);
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

    /// <summary>A voter is gone, stands still, or is not reached any more.</summary>
    public void Lost(SandboxNode node, bool isClean)
    {
        if (!node.IsController)
        {
            return;
        }

        if (node.Life is { IsVoting: true } && !lostAt.ContainsKey(node.Id.Value))
        {
            (lostAt[node.Id.Value], endWhenLost[node.Id.Value]) = (world.Now, world.Metadata.End);
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

    private static bool CanVote(SandboxNode node) => node is { IsController: true, IsReachable: true, Life.IsVoting: true };

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
        world.Say($"controller {Leader.Id} is active, epoch {Epoch}");
        world.Controller.BecameActive();
        var released = waiting.ToList();
        waiting.Clear();
        released.ForEach(act => act());
    }
}
