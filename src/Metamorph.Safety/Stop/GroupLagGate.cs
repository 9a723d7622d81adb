using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>Lets consumers catch up between nodes: a group's lag must be within its limit, or falling.</summary>
/// <remarks>A group without a limit, or without members, never blocks: nobody is waiting for it.</remarks>
internal sealed class GroupLagGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question)
    {
        if (question.LagLimits.IsEmpty)
        {
            return [];
        }

        var groups = question.Now.Groups;
        return groups.IsKnown
            ? groups.Value.Select(group => ObjectionOf(group, question)).OfType<Objection>()
            : [new Objection.NotKnown("consumer groups", groups.Why!)];
    }

    private static Objection? ObjectionOf(ConsumerGroup group, StopQuestion question)
    {
        if (group.Members == 0 || !question.LagLimits.TryGetValue(group.Id, out var limit))
        {
            return null;
        }

        if (!group.Lag.IsKnown)
        {
            return new Objection.NotKnown($"the lag of group {group.Id}", group.Lag.Why!);
        }

        var lag = group.Lag.Value;
        var before = LagBefore(group.Id, question.Before);
        return lag <= limit || lag < before ? null : new Objection.GroupLagging(group.Id, lag, limit, before);
    }

    private static long? LagBefore(string group, ClusterSnapshot? before) =>
        before is { Groups.IsKnown: true }
        && before.Groups.Value.FirstOrDefault(seen => seen.Id == group) is { Lag.IsKnown: true } seen
            ? seen.Lag.Value
            : null;
}
