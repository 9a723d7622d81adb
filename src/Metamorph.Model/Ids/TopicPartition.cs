using System.Text.Json.Serialization;
using Metamorph.Model.Json;

namespace Metamorph.Model;

/// <summary>One partition of one topic, written <c>orders-0</c> as Kafka writes it.</summary>
[JsonConverter(typeof(TopicPartitionConverter))]
public readonly record struct TopicPartition(string Topic, int Index) : IComparable<TopicPartition>
{
    public int CompareTo(TopicPartition other)
    {
        var byTopic = string.CompareOrdinal(Topic, other.Topic);
        return byTopic != 0 ? byTopic : Index.CompareTo(other.Index);
    }

    public override string ToString() => $"{Topic}-{Index}";

    public static bool operator <(TopicPartition left, TopicPartition right) => left.CompareTo(right) < 0;

    public static bool operator >(TopicPartition left, TopicPartition right) => left.CompareTo(right) > 0;

    public static bool operator <=(TopicPartition left, TopicPartition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TopicPartition left, TopicPartition right) => left.CompareTo(right) >= 0;
}
