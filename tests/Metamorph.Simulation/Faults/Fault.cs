namespace Metamorph.Simulation;

/// <summary>Something that goes wrong by itself, and how whoever runs the cluster mends it.</summary>
/// <param name="At">Since the upgrade was begun.</param>
internal abstract record Fault(TimeSpan At)
{
    /// <summary>
    /// The journal write right behind which it happens, counted over the whole run, and not at an instant; null: at its
    /// instant.
    /// </summary>
    /// <remarks>
    /// Between a look and a deed lie milliseconds, which an instant hardly ever meets. A write lies between any two of them.
    /// </remarks>
    public int? BehindWrite { get; init; }

    public abstract string Words { get; }

    public string When => BehindWrite is { } write ? $"behind journal write {write}" : $"at {At.TotalSeconds:0.0} s";

    /// <summary>A process dies; its operator starts it again.</summary>
    public sealed record Crash(TimeSpan At, int Node, TimeSpan Lasts) : Fault(At)
    {
        public override string Words => $"node {Node} crashes, and is started again after {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>A process stands still.</summary>
    public sealed record Hang(TimeSpan At, int Node, TimeSpan Lasts) : Fault(At)
    {
        public override string Words => $"node {Node} hangs for {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>Late answers, as of a slow disk.</summary>
    public sealed record SlowAnswers(TimeSpan At, int Node, TimeSpan Lasts, TimeSpan Delay) : Fault(At)
    {
        public override string Words => $"node {Node} answers {Delay.TotalMilliseconds:0} ms late for {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>The other nodes do not reach a node.</summary>
    public sealed record CutOff(TimeSpan At, int Node, TimeSpan Lasts) : Fault(At)
    {
        public override string Words => $"node {Node} is cut off for {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>A broker falls out of sync again and again: it hangs for short times.</summary>
    public sealed record IsrFlap(TimeSpan At, int Node, TimeSpan Lasts, int Times) : Fault(At)
    {
        public override string Words => $"broker {Node} stands still {Times} times for {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>Requests are done, and their answers are lost.</summary>
    public sealed record LostAnswers(TimeSpan At, int Node, int Count) : Fault(At)
    {
        public override string Words => $"the next {Count} answers of node {Node} are lost";
    }

    /// <summary>Another controller becomes active.</summary>
    public sealed record ControllerChange(TimeSpan At) : Fault(At)
    {
        public override string Words => "the active controller gives its office up";
    }

    /// <summary>Somebody else moves a partition, with a throttle that lets hardly anything through until it is lifted.</summary>
    public sealed record ForeignReassignment(TimeSpan At, string Topic, int Partition, ulong Choice, TimeSpan Lasts) : Fault(At)
    {
        public override string Words => $"somebody else reassigns {Topic}-{Partition}, throttled for {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>Somebody else deletes a topic.</summary>
    public sealed record TopicDeleted(TimeSpan At, string Topic) : Fault(At)
    {
        public override string Words => $"somebody else deletes {Topic}";
    }

    /// <summary>Somebody else makes a topic.</summary>
    public sealed record TopicCreated(TimeSpan At, string Topic) : Fault(At)
    {
        public override string Words => $"somebody else makes {Topic}";
    }

    /// <summary>Somebody else wants all replicas of a topic in sync, and thinks better of it.</summary>
    public sealed record MinIsrRaised(TimeSpan At, string Topic, TimeSpan Lasts) : Fault(At)
    {
        public override string Words => $"somebody else sets min.insync.replicas of {Topic} to all its replicas for {Lasts.TotalSeconds:0.0} s";
    }

    /// <summary>A broker's disk is full; its operator makes room and starts the broker again.</summary>
    public sealed record FullDisk(TimeSpan At, int Node, TimeSpan Lasts) : Fault(At)
    {
        public override string Words => $"the disk of broker {Node} is full for {Lasts.TotalSeconds:0.0} s";
    }
}
