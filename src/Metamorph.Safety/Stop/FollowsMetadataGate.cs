using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>Every broker that runs must fetch the metadata log up to its end, by the quorum leader's account of it.</summary>
/// <remarks>
/// A broker that is cut off from the controllers still answers us, out of metadata that has stood still: it calls itself
/// unfenced and its replicas in sync for as long as it is cut off. The controller tells of it only when its session is over
/// (<c>broker.session.timeout.ms</c>, 9 s); how far it has come in the log tells after the fetch timeout. And such a broker
/// cannot ask for its own controlled shutdown. Where the quorum is not known, <see cref="QuorumMajorityGate"/> says so.
/// </remarks>
internal sealed class FollowsMetadataGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question)
    {
        if (!question.Now.Quorum.IsKnown || question.Now.Quorum.Value is not { LeaderNow: not null } quorum)
        {
            return [];
        }

        // A node whose metadata dir is new is there twice, by the id of the old one and by that of the new one (KIP-853).
        var replicas = quorum.Voters.Concat(quorum.Observers).ToLookup(replica => replica.Id);
        return question.Now.Nodes.Values
            .Where(node => node is { IsConfigured: true, IsBroker: true } && NodeHealth.ObjectionTo(node) is null)
            .Where(node => !replicas[node.Id].Any(quorum.IsCurrent))
            .Select(node => new Objection.MetadataBehind(node.Id, replicas[node.Id].Min(quorum.LagOf)?.TotalMilliseconds));
    }
}
