using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>Where a group goes on in one partition.</summary>
internal sealed record CommittedOffset(TopicPartition Partition, long Offset, int LeaderEpoch, string Metadata);
