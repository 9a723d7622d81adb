namespace Metamorph.Model;

/// <summary>How one node's restart spent its time. Folded from the journal's own times.</summary>
public sealed record NodeTimes
{
    public required NodeId Node { get; init; }

    public KafkaRelease? From { get; init; }

    public KafkaRelease? To { get; init; }

    /// <summary>From SIGTERM to the process's end.</summary>
    public TimeSpan Stop { get; init; }

    /// <summary>From there until it serves again.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>From there until every replica on it is in sync.</summary>
    public TimeSpan CatchUp { get; init; }

    /// <summary>All the rest since the node before was finished: gates, stable reads, leadership. What Metamorph adds.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>How often its process was restarted by this run.</summary>
    public int Restarts { get; init; }
}
