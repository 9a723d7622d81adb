using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>No node stops while somebody moves partitions: a restart would lengthen the move, and the move would hide the restart's effect.</summary>
internal sealed class ReassignmentGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question)
    {
        var reassignments = question.Now.Reassignments;
        return reassignments.IsKnown
            ? reassignments.Value.Select(move => new Objection.ForeignReassignment(move.Partition, move.Adding, move.Removing))
            : [new Objection.NotKnown("reassignments", reassignments.Why!)];
    }
}
