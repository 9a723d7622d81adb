using System.Globalization;

namespace Metamorph.Sandbox;

/// <summary>What <c>server.properties</c> says to coordinators, or Kafka's defaults.</summary>
internal sealed class CoordinatorSettings(World world)
{
    public TimeSpan InitialRebalanceDelay =>
        Ms("group.initial.rebalance.delay.ms", world.Timings.InitialRebalanceDelay);

    public TimeSpan MinSession => Ms("group.min.session.timeout.ms", TimeSpan.FromSeconds(6));

    public TimeSpan MaxSession => Ms("group.max.session.timeout.ms", TimeSpan.FromMinutes(30));

    public int MaxGroupSize => Number("group.max.size", int.MaxValue);

    public int MaxOffsetMetadata => Number("offset.metadata.max.bytes", 4096);

    public TimeSpan MaxTransaction => Ms("transaction.max.timeout.ms", TimeSpan.FromMinutes(15));

    /// <summary>How often a coordinator looks for transactions that have run too long.</summary>
    public TimeSpan TransactionCheck =>
        Ms("transaction.abort.timed.out.transaction.cleanup.interval.ms", TimeSpan.FromSeconds(10));

    /// <summary>How long a member of a KIP-848 group may be silent.</summary>
    public TimeSpan ConsumerSessionOf(string group) =>
        GroupMs(group, "consumer.session.timeout.ms")
            ?? Ms("group.consumer.session.timeout.ms", TimeSpan.FromSeconds(45));

    /// <summary>How often a member of a KIP-848 group is told to speak.</summary>
    public TimeSpan ConsumerHeartbeatOf(string group) =>
        GroupMs(group, "consumer.heartbeat.interval.ms")
            ?? Ms("group.consumer.heartbeat.interval.ms", TimeSpan.FromSeconds(5));

    private TimeSpan Ms(string name, TimeSpan otherwise) =>
        world.Topology.Properties.TryGetValue(name, out var text) ? FromMs(text) : otherwise;

    private int Number(string name, int otherwise) =>
        world.Topology.Properties.TryGetValue(name, out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;

    private TimeSpan? GroupMs(string group, string name) =>
        world.Metadata.Configs.Find(ConfigOwner.Group, group, name) is { } text ? FromMs(text) : null;

    private static TimeSpan FromMs(string text) =>
        TimeSpan.FromMilliseconds(long.Parse(text, CultureInfo.InvariantCulture));
}
