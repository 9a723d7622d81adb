namespace Metamorph.Sandbox;

/// <summary>One record of the metadata log, as a broker meets it when it applies it.</summary>
internal abstract record MetadataChange
{
    private protected MetadataChange()
    {
    }

    /// <summary>A partition is new, or has changed.</summary>
    public sealed record Partition(SandboxPartition What, PartitionRegistration? Before, PartitionRegistration After) : MetadataChange
    {
        /// <summary>Whether a broker has or had a replica; to all others the record tells nothing to do.</summary>
        public bool Concerns(int broker) => After.HasReplica(broker) || Before?.HasReplica(broker) == true;
    }

    /// <summary>A topic is gone, with its partitions.</summary>
    public sealed record TopicRemoved(SandboxTopic What) : MetadataChange;

    /// <summary>A registration is new, has changed, or is gone.</summary>
    public sealed record Broker(int Id, BrokerRecord? Before, BrokerRecord? After) : MetadataChange;

    /// <summary>The finalized features have changed.</summary>
    public sealed record Features : MetadataChange;

    /// <summary>A dynamic config has changed.</summary>
    public sealed record Config : MetadataChange;
}
