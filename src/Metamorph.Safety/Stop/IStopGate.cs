using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>A pure judgement on a snapshot: what speaks against stopping a node now?</summary>
public interface IStopGate
{
    /// <summary>Every objection, not the first alone; none when the node may go. What the gate cannot know is an objection.</summary>
    IEnumerable<Objection> Judge(StopQuestion question);
}
