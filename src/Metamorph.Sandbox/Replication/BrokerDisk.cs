namespace Metamorph.Sandbox;

/// <summary>One log dir of a broker, with what Kafka has put there.</summary>
internal sealed class BrokerDisk(LogDirSpec spec)
{
    public string Path => spec.Path;

    public long TotalBytes => spec.TotalBytes;

    /// <summary>The bytes of replicas, and of those that are renamed and not deleted yet.</summary>
    public long UsedBytes { get; set; }

    /// <summary>How much of the volume others have taken.</summary>
    public long OthersBytes { get; set; } = spec.OthersBytes;

    public long UsableBytes => Math.Max(0, spec.TotalBytes - OthersBytes - UsedBytes);

    /// <summary>Writing failed: nothing in it is served any more, until the broker is started again.</summary>
    public bool IsOffline { get; set; }
}
