using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>One thing that a plan will do. It holds what it expects to find and what it will make; executing chooses nothing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BackUpConfigs), "back-up-configs")]
[JsonDerivedType(typeof(RestartNode), "restart-node")]
[JsonDerivedType(typeof(AwaitApproval), "await-approval")]
[JsonDerivedType(typeof(UnregisterGhost), "unregister-ghost")]
[JsonDerivedType(typeof(FinalizeFeature), "finalize-feature")]
[JsonDerivedType(typeof(VerifyEnd), "verify-end")]
public abstract record Step
{
    private protected Step(StepId id) => Id = id;

    /// <summary>Unique in the plan, and the same each time the plan is made from the same facts.</summary>
    public StepId Id { get; }

    /// <summary>Copies every node's <c>server.properties</c> and the cluster's dynamic configs into the run directory.</summary>
    public sealed record BackUpConfigs(StepId Id) : Step(Id);

    /// <summary>Stops one node by controlled shutdown and starts it on <paramref name="To"/>.</summary>
    /// <param name="Id">The step's name.</param>
    /// <param name="Node">The node.</param>
    /// <param name="Phase">Steps of one phase may be taken in another order: the roll order is read anew before each.</param>
    /// <param name="From">What it is expected to run before.</param>
    /// <param name="To">What it will run; the same as <paramref name="From"/> when it only has to register again.</param>
    /// <param name="Reason">Why it restarts.</param>
    public sealed record RestartNode(
        StepId Id, NodeId Node, RollPhase Phase, KafkaRelease From, KafkaRelease To, RestartReason Reason) : Step(Id);

    /// <summary>Waits until the operator, or a soak, allows the finalisation. Until it is over, the way back is open.</summary>
    public sealed record AwaitApproval(StepId Id, FinalizePolicy Policy) : Step(Id);

    /// <summary>Removes the registration of a broker that is gone: fenced, not in the cluster file, without replicas.</summary>
    public sealed record UnregisterGhost(StepId Id, NodeId Node) : Step(Id);

    /// <summary>Raises one finalized feature. For <c>metadata.version</c> Kafka may refuse to undo it.</summary>
    public sealed record FinalizeFeature(StepId Id, string Feature, short From, short To) : Step(Id);

    /// <summary>Reads everything once more: releases, features, partitions, and nothing of ours left behind.</summary>
    public sealed record VerifyEnd(StepId Id, KafkaRelease Target) : Step(Id);
}

/// <summary>The groups of a roll, in their order: within one, the order is read from the cluster before each node.</summary>
public enum RollPhase
{
    /// <summary>Voters of the quorum: combined nodes and dedicated controllers.</summary>
    Controllers,

    /// <summary>Plain brokers.</summary>
    Brokers,

    /// <summary>Brokers that registered with an older controller and must register again.</summary>
    RegisterAgain,
}

/// <summary>Why a node is restarted.</summary>
public enum RestartReason
{
    /// <summary>To run another release.</summary>
    Upgrade,

    /// <summary>It registered with a controller older than 3.9, which left out its features of minimum level 0.</summary>
    RegisterAgain,
}
