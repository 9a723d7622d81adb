namespace Metamorph.Model;

/// <summary>A reassignment under way (KIP-455).</summary>
public sealed record Reassignment(TopicPartition Partition, NodeList Adding, NodeList Removing);
