using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Kafka.Groups;

/// <summary>Kafka's <c>range</c> assignor for one topic: members in the order of their ids get equal runs of partitions, the first ones one more.</summary>
internal static class RangeAssignor
{
    public const string Name = "range";

    /// <summary>Who reads what; a member may get nothing.</summary>
    public static IReadOnlyDictionary<string, int[]> Assign(IEnumerable<string> members, int partitions)
    {
        // Ordinal as Java compares, so that every leader comes to the same answer.
        string[] sorted = [.. members.Order(StringComparer.Ordinal)];
        var (each, more) = Math.DivRem(partitions, sorted.Length);
        return sorted
            .Select((member, place) => (Member: member, First: (place * each) + Math.Min(place, more), Count: each + (place < more ? 1 : 0)))
            .ToDictionary(share => share.Member, share => Enumerable.Range(share.First, share.Count).ToArray());
    }

    /// <summary>What a member tells when it joins.</summary>
    public static byte[] Subscription(string topic) =>
        Embedded(new ConsumerProtocolSubscription { Topics = [topic] }, version: 1);

    /// <summary>Whether a member's subscription names the topic.</summary>
    public static bool Wants(ReadOnlyMemory<byte> subscription, string topic)
    {
        var reader = new KafkaReader(subscription);
        return ConsumerProtocolSubscription.Read(ref reader, Known(reader.ReadInt16(), ConsumerProtocolSubscription.Versions)).Topics.Contains(topic);
    }

    /// <summary>What the leader tells a member through the coordinator.</summary>
    public static byte[] Assignment(string topic, int[] partitions) =>
        Embedded(
            new ConsumerProtocolAssignment { AssignedPartitions = partitions.Length == 0 ? [] : [new() { Topic = topic, Partitions = partitions }] },
            version: 1);

    /// <summary>A member's partitions of the topic; no bytes at all mean none.</summary>
    public static int[] Partitions(ReadOnlyMemory<byte> assignment, string topic)
    {
        if (assignment.IsEmpty)
        {
            return [];
        }

        var reader = new KafkaReader(assignment);
        var read = ConsumerProtocolAssignment.Read(ref reader, Known(reader.ReadInt16(), ConsumerProtocolAssignment.Versions));
        return [.. read.AssignedPartitions.Where(part => part.Topic == topic).SelectMany(part => part.Partitions).Order()];
    }

    /// <summary>Newer versions only append fields, so they can be read as the newest one that is known.</summary>
    private static short Known(short version, VersionRange known) => Math.Min(version, known.Max);

    private static byte[] Embedded(IKafkaMessage message, short version)
    {
        var writer = new KafkaWriter();
        try
        {
            writer.WriteInt16(version);
            message.Write(ref writer, version);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
