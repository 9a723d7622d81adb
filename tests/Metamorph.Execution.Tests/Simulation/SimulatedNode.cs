using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Execution.Tests;

/// <summary>One node: its machine, its process, and how the controller sees it.</summary>
internal sealed class SimulatedNode
{
    public required NodeId Id { get; init; }

    public required bool IsBroker { get; init; }

    public required bool IsController { get; init; }

    public bool IsConfigured { get; init; } = true;

    /// <summary>What its home points to.</summary>
    public KafkaRelease Installed { get; set; }

    /// <summary>What its process runs; null when none does.</summary>
    public KafkaRelease? Running { get; set; }

    public int Pid { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public bool IsStopping { get; set; }

    /// <summary>It answers on its listeners.</summary>
    public bool Answers { get; set; }

    public BrokerRegistration Registration { get; set; }

    /// <summary>What its registration told the controller that it supports.</summary>
    public ImmutableSortedDictionary<string, FeatureRange> Told { get; set; } = ImmutableSortedDictionary<string, FeatureRange>.Empty;

    /// <summary>Its voter follows the leader closely; when not, since when it does not.</summary>
    public bool IsVoterCurrent { get; set; }

    public DateTimeOffset CurrentUntil { get; set; }

    /// <summary>We have stopped it once.</summary>
    public bool WasStoppedByUs { get; set; }

    public List<string> Log { get; } = [];

    public bool IsAlive => Running is not null && !IsStopping;
}
