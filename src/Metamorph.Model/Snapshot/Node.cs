using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Metamorph.Model;

/// <summary>One node: a broker, a controller, or both in one process, as seen by its machine, by itself and by the cluster.</summary>
public sealed record Node
{
    public required NodeId Id { get; init; }

    /// <summary>False: the cluster has it, the cluster file does not.</summary>
    public bool IsConfigured { get; init; }

    public bool IsBroker { get; init; }

    public bool IsController { get; init; }

    public string? Rack { get; init; }

    /// <summary>Where clients reach its broker; null for a dedicated controller or when it is not known.</summary>
    public Endpoint? BrokerEndpoint { get; init; }

    /// <summary>Where its controller listens; null for a plain broker.</summary>
    public Endpoint? ControllerEndpoint { get; init; }

    /// <summary>Its process; a known null means that none runs.</summary>
    public Observed<NodeProcess?> Process { get; init; }

    /// <summary>The release that its home points to, which the next start will run.</summary>
    public Observed<KafkaRelease> Installed { get; init; }

    /// <summary>How the controller sees its broker. Not read for a dedicated controller.</summary>
    public Observed<BrokerRegistration> Registration { get; init; }

    /// <summary>The epoch of its present registration, from its own log: the wire does not tell it.</summary>
    public Observed<long> RegistrationEpoch { get; init; }

    /// <summary>What its client listener answered.</summary>
    public Observed<NodeAnswer> BrokerAnswer { get; init; }

    /// <summary>What its controller listener answered.</summary>
    public Observed<NodeAnswer> ControllerAnswer { get; init; }

    public Observed<ImmutableArray<LogDir>> LogDirs { get; init; }

    [JsonIgnore]
    public bool IsCombined => IsBroker && IsController;

    /// <summary>The release that runs: the process's, cross-checked with what the node answers.</summary>
    [JsonIgnore]
    public Observed<KafkaRelease> Running
    {
        get
        {
            if (!Process.IsKnown)
            {
                return Observed<KafkaRelease>.Unknown(Process.Why!);
            }

            if (Process.Value is not { } process)
            {
                return Observed<KafkaRelease>.Unknown("no process runs");
            }

            if (process.Release.IsKnown && AnsweredLine is { } line && line != process.Release.Value.Line)
            {
                return Observed<KafkaRelease>.Unknown(
                    $"its process runs {process.Release.Value}, but it answers as {line}");
            }

            return process.Release;
        }
    }

    /// <summary>It runs, answers on every listener it has, and its broker is unfenced.</summary>
    [JsonIgnore]
    public bool IsServing =>
        Process is { IsKnown: true, Value: not null }
        && (!IsBroker || (BrokerAnswer.IsKnown && Registration is { IsKnown: true, Value: BrokerRegistration.Unfenced }))
        && (!IsController || ControllerAnswer.IsKnown);

    private ReleaseLine? AnsweredLine =>
        LineOf(BrokerAnswer) ?? LineOf(ControllerAnswer);

    private static ReleaseLine? LineOf(Observed<NodeAnswer> answer) =>
        answer is { IsKnown: true, Value.Line.IsKnown: true } ? answer.Value.Line.Value : null;
}
