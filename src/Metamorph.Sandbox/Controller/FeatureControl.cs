namespace Metamorph.Sandbox;

/// <summary>Finalized features, and the controllers that have a say in them (<c>FeatureControlManager</c>).</summary>
internal sealed class FeatureControl(World world)
{
    private readonly FeatureRules rules = new(world);

    /// <summary>A controller tells the active one which levels it supports (KIP-919), where the metadata version knows of that.</summary>
    public void RegisterController(SandboxNode node)
    {
        var life = node.Life!;
        if (!MetadataRules.ControllersRegister(world.Metadata.MetadataVersion)
            || world.Metadata.Controllers.GetValueOrDefault(node.Id.Value)?.Incarnation == life.Incarnation)
        {
            return;
        }

        world.Metadata.Controllers[node.Id.Value] =
            new ControllerRecord(node.Id.Value, life.Incarnation, life.Profile.SupportedFeatures);
        world.Metadata.NoteRecord();
        world.Say($"controller {node.Id} registered");
    }

    /// <summary>
    /// Judges each wish alone and takes over those that are granted, as a controller before 4.0 does.
    /// </summary>
    /// <returns>What became of each, in the order of the features' names.</returns>
    public SortedDictionary<string, ApiError> UpdateEach(IReadOnlyDictionary<string, FeatureWish> wishes, bool validateOnly)
    {
        var errors = new SortedDictionary<string, ApiError>(StringComparer.Ordinal);
        foreach (var (feature, wish) in wishes)
        {
            errors[feature] = rules.Judge(feature, wish, wishes);
        }

        if (!validateOnly)
        {
            Finalize(wishes.Where(wish => !errors[wish.Key].IsFailure));
        }

        return errors;
    }

    /// <summary>
    /// Takes over all wishes, or for the sake of the first that is refused none, as a controller of 4.0 and newer does.
    /// </summary>
    public ApiError UpdateAll(IReadOnlyDictionary<string, FeatureWish> wishes, bool validateOnly)
    {
        foreach (var (feature, wish) in wishes.OrderBy(wish => JavaHash.Bucket(wish.Key)))
        {
            if (rules.Judge(feature, wish, wishes) is { IsFailure: true } error)
            {
                return error;
            }
        }

        if (!validateOnly)
        {
            Finalize(wishes);
        }

        return ApiError.None;
    }

    private void Finalize(IEnumerable<KeyValuePair<string, FeatureWish>> wishes)
    {
        var before = world.Metadata.MetadataVersion;
        var hadEligibleLeaders = MetadataRules.HasEligibleLeaderReplicas(world.Metadata.Features.Now);
        foreach (var (feature, wish) in wishes)
        {
            if (world.Metadata.Features.Now.GetValueOrDefault(feature) != wish.Level)
            {
                world.Metadata.SetFeature(feature, wish.Level);
                world.Say($"{feature} is {wish.Level}");
            }
        }

        if (!hadEligibleLeaders && MetadataRules.HasEligibleLeaderReplicas(world.Metadata.Features.Now))
        {
            world.Controller.Configs.FixMinIsr();
        }

        var after = world.Metadata.MetadataVersion;
        if (!MetadataRules.ControllersRegister(before) && MetadataRules.ControllersRegister(after))
        {
            ControllersRegister();
        }

        if (!MetadataRules.HasLogDirIds(before) && MetadataRules.HasLogDirIds(after))
        {
            BrokersRegisterAgain();
        }
    }

    private void ControllersRegister()
    {
        foreach (var voter in world.Nodes.Voters.Where(voter => voter is { IsReachable: true, Life.IsVoting: true }))
        {
            var life = voter.Life!;
            world.After(world.Timings.Hop + world.Timings.Commit, () => NodeTable.WhenAwake(voter, life, () =>
            {
                if (world.Quorum.IsActive)
                {
                    RegisterController(voter);
                }
            }));
        }
    }

    /// <summary>
    /// Every broker that has applied the new level tells the ids of its log dirs (<c>BrokerRegistrationTracker</c>), and
    /// with them all that a registration tells.
    /// </summary>
    private void BrokersRegisterAgain()
    {
        foreach (var node in world.Nodes.Brokers.Where(node => node.Life is { BrokerEpoch: >= 0 }))
        {
            var life = node.Life!;
            var applies = world.Entropy.Between(world.Timings.MetadataDelay.Min, world.Timings.MetadataDelay.Max);
            world.After(applies, () => NodeTable.WhenAwake(node, life, () => world.Quorum.WhenReachedFrom(
                node, life, () => world.Controller.Brokers.Amend(node, life))));
        }
    }
}

/// <summary>What somebody wants of a feature.</summary>
/// <param name="Level">The level to finalize; 0 takes the feature away.</param>
/// <param name="Type">1 upgrade, 2 safe downgrade, 3 unsafe downgrade; anything else is unknown.</param>
internal readonly record struct FeatureWish(short Level, sbyte Type)
{
    public bool IsUpgrade => Type == 1;

    public bool IsUnsafe => Type == 3;

    public bool IsKnownType => Type is >= 1 and <= 3;
}
