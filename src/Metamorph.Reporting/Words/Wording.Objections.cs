using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>Everything that an operator reads, put into words in one place. Kafka's own words where Kafka has them.</summary>
public static partial class Wording
{
    /// <summary>One objection: <c>orders-3: stopping broker 2 would leave 1 in-sync replica, min.insync.replicas needs 2</c>.</summary>
    /// <param name="objection">What keeps the gate closed.</param>
    /// <param name="node">The node that the gate is about, if it is about one.</param>
    public static string Of(Objection objection, NodeId? node) =>
        objection.About is { } partition ? $"{partition}: {Reason(objection, node)}" : Reason(objection, node);

    /// <summary>All objections, those that say the same of several partitions as one.</summary>
    public static ImmutableArray<WordedObjection> Of(IEnumerable<Objection> objections, NodeId? node) =>
        [.. objections
            .GroupBy(objection => (IsAboutPartition: objection.About is not null, Reason: Reason(objection, node)))
            .Select(group => Grouped(group.Key.Reason, [.. group.Select(objection => objection.About).OfType<TopicPartition>().Order()]))];

    private static WordedObjection Grouped(string reason, ImmutableArray<TopicPartition> partitions) => partitions.IsEmpty
        ? new(reason, partitions)
        : new($"{Quantity.List([.. partitions.Select(partition => partition.ToString())])}: {reason}", partitions);

    // What is said of a partition must not name it: partitions of which the same is true are shown together.
    private static string Reason(Objection objection, NodeId? node) => objection switch
    {
        Objection.NotKnown o => $"{o.What} could not be read: {o.Why}",
        Objection.WouldStarve o =>
            $"stopping {Broker(node)} would leave {Quantity.Of(o.IsrAfter, "in-sync replica")}, min.insync.replicas needs {o.Floor}",
        Objection.Starved o =>
            $"under min ISR already, with {Quantity.Of(o.Isr, "in-sync replica")} of the {o.Floor} that are needed; {Broker(node)} may be the next to catch up",
        Objection.WouldGoOffline o => o.Replicas == 1
            ? $"{Broker(node)} holds its only replica; it would be offline while {Broker(node)} restarts"
            : $"{Broker(node)} is the last in-sync one of {Quantity.Of(o.Replicas, "replica")}; stopping it would take the partition offline",
        Objection.Leaderless o => $"offline: none of its replicas {o.Replicas} leads it",
        Objection.MinIsrUnknown o => $"min.insync.replicas of topic {o.Topic} could not be read: {o.Why}",
        Objection.UnderReplicated o => $"under-replicated, {o.Isr} of {Quantity.Of(o.Replicas, "replica")} in sync",
        Objection.NoActiveController => "the quorum has no active controller",
        Objection.MajorityLost o => MajorityLost(o, node),
        Objection.NodeDown o => $"node {o.Node} has no running process; no second node is stopped while one is down",
        Objection.NodeNotServing o => $"node {o.Node} runs and does not serve yet: {o.Missing}",
        Objection.ForeignReassignment o => $"somebody else reassigns it (adding {o.Adding}, removing {o.Removing})",
        Objection.GroupLagging o =>
            $"consumer group {o.Group} is {Quantity.Of(o.Lag, "record")} behind, its limit is {Quantity.Of(o.Limit)}{Trend(o)}",
        Objection.NotRegistered o => o.Registration == BrokerRegistration.Absent
            ? $"broker {o.Node} is not registered with the controller"
            : $"broker {o.Node} is {o.Registration.ToString().ToLowerInvariant()} at the controller",
        Objection.FeatureMissing o =>
            $"node {o.Node} supports {o.Feature} {o.Supported?.ToString() ?? "at no level"}, level {o.Level} is needed",
        Objection.ReplicaOutOfSync o => $"the replica on broker {o.Node} is not in sync yet",
        Objection.VoterBehind o => o.LogEndOffset is { } offset
            ? $"quorum voter {o.Node} is at offset {Quantity.Of(offset)} of the metadata log, the high watermark is {Quantity.Of(o.HighWatermark)}"
            : $"the active controller does not know how far quorum voter {o.Node} is; the high watermark is {Quantity.Of(o.HighWatermark)}",
        Objection.MetadataBehind o => o.BehindMs is { } ms
            ? $"broker {o.Node} does not follow the metadata: it last had all of it {Quantity.Of(TimeSpan.FromMilliseconds(ms))} ago"
            : $"the active controller does not know how far broker {o.Node} follows the metadata",
        Objection.LeadershipNotReturned o =>
            $"{(o.Leader is { } leader ? $"broker {leader} leads it" : "nobody leads it")}, broker {o.Node} is its preferred leader and in sync",
        Objection.ReleaseBehind o => $"node {o.Node} runs {o.Running}, not {o.Target}",
        Objection.GhostBroker o => o.Replicas == 0
            ? $"broker {o.Node} is registered, does not run and is not in the cluster file; Kafka counts it until it is unregistered"
            : $"broker {o.Node} is registered, does not run and is not in the cluster file, and {(o.Replicas is { } replicas ? Quantity.Of(replicas, "replica") : "an unknown number of replicas")} still name it; Kafka counts it until it is unregistered",
        Objection.GhostController o =>
            $"controller {o.Node} is registered, is no quorum voter and is not in the cluster file; Kafka counts it",
        Objection.VoterNotRegistered o => $"quorum voter {o.Node} has not registered with the active controller",
        Objection.KafkaRefused o =>
            $"Kafka refuses {o.Feature} {o.Level}: {o.Error}{(string.IsNullOrEmpty(o.Message) ? "" : $" ({o.Message})")}",
        Objection.ApprovalMissing => "the finalisation waits for `metamorph approve`",
        Objection.SoakNotOver o => $"the soak lasts until {Moment(o.Until)}",
        _ => throw new InvalidOperationException($"no words for {objection.GetType().Name}"),
    };

    private static string MajorityLost(Objection.MajorityLost o, NodeId? node)
    {
        var behind = o.Behind.IsDefaultOrEmpty
            ? ""
            : $"; behind: {Quantity.List([.. o.Behind.Select(Late)])}";
        return $"without {(node is { } id ? $"controller {id}" : "the node")}, {o.Current} of {Quantity.Of(o.Voters, "quorum voter")} would be current, a majority is {o.Needed}{behind}";
    }

    private static string Late(Laggard laggard) => laggard.BehindMs is { } ms
        ? $"voter {laggard.Node} by {Quantity.Of(TimeSpan.FromMilliseconds(ms))}"
        : $"voter {laggard.Node} by an unknown time";

    private static string Trend(Objection.GroupLagging o) => o.Before switch
    {
        null => "",
        { } before when o.Lag < before => $" (before: {Quantity.Of(before)}, falling)",
        { } before when o.Lag == before => " (it does not fall)",
        { } before => $" (before: {Quantity.Of(before)}, growing)",
    };

    private static string Broker(NodeId? node) => node is { } id ? $"broker {id}" : "the broker";
}

/// <summary>What keeps a gate closed, in words.</summary>
/// <param name="Text">With the first few partitions by name.</param>
/// <param name="Partitions">All partitions that it is true of; empty when it is about something else.</param>
public sealed record WordedObjection(string Text, ImmutableArray<TopicPartition> Partitions);
