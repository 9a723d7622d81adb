using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>An offset for each of some partitions.</summary>
internal sealed class Offsets : Dictionary<TopicPartition, long>;
