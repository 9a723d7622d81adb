namespace Metamorph.Traffic;

/// <summary>How often something went wrong, by Kafka's name for it.</summary>
public sealed record ErrorCount(string Name, long Count);
