using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>Keeps a majority of current voters while a node is down; a plain broker needs it too, to register again.</summary>
/// <remarks>
/// A voter is current when it last held all of the leader's log less than the fetch timeout ago, by the leader's clock
/// (the rule of Strimzi's KafkaQuorumCheck). The leader's own stamp is its present time; where it is missing, nobody
/// can be compared, and the answer is no. One voter, or two, leave no majority without the one that stops: then
/// all others must be current, and the plan has said that metadata will stand still meanwhile.
/// </remarks>
internal sealed class QuorumMajorityGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question)
    {
        if (!question.Now.Quorum.IsKnown)
        {
            return [new Objection.NotKnown("the controller quorum", question.Now.Quorum.Why!)];
        }

        var quorum = question.Now.Quorum.Value;
        if (quorum.Leader is not { } leader)
        {
            return [new Objection.NoActiveController()];
        }

        if (quorum.LeaderNow is null)
        {
            return [new Objection.NotKnown("the controller quorum", $"its leader {leader} has no time stamp in its own report")];
        }

        var others = quorum.Voters.Where(voter => voter.Id != question.Node).ToImmutableArray();
        var behind = others.Where(voter => !quorum.IsCurrent(voter)).ToImmutableArray();
        var needed = Needed(quorum.Voters.Length, others.Length);
        var current = others.Length - behind.Length;
        return current >= needed
            ? []
            : [new Objection.MajorityLost(current, needed, quorum.Voters.Length, [.. behind.Select(voter => new Laggard(voter.Id, quorum.LagOf(voter)?.TotalMilliseconds))])];
    }

    /// <summary>Voters other than the node that must be current: a majority of all, or, with one or two voters, all others.</summary>
    private static int Needed(int voters, int others) => Math.Min((voters / 2) + 1, others);
}
