namespace Metamorph.Model;

/// <summary>A replication throttle that is set (KIP-73): a broker's rate, or a topic's list of throttled replicas.</summary>
/// <param name="Resource"><c>broker 2</c> or <c>topic orders</c>.</param>
/// <param name="Key">The dynamic config, for instance <c>leader.replication.throttled.rate</c>.</param>
public sealed record Throttle(string Resource, string Key, string Value);
