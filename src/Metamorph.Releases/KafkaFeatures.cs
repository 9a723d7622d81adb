namespace Metamorph.Releases;

/// <summary>The names under which Kafka finalizes features.</summary>
public static class KafkaFeatures
{
    public const string MetadataVersion = "metadata.version";
    public const string KRaftVersion = "kraft.version";
    public const string TransactionVersion = "transaction.version";
    public const string GroupVersion = "group.version";
    public const string EligibleLeaderReplicas = "eligible.leader.replicas.version";
    public const string ShareVersion = "share.version";
    public const string StreamsVersion = "streams.version";
}
