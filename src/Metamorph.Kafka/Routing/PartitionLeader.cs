using Metamorph.Model;

namespace Metamorph.Kafka.Routing;

/// <summary>Who leads a partition as far as we know; no node while nobody does.</summary>
/// <param name="Node">The leader.</param>
/// <param name="Epoch">Which election made it so: of two answers the one with the higher epoch is newer. -1: not told.</param>
public readonly record struct PartitionLeader(NodeId? Node, int Epoch);
