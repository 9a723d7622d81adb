namespace Metamorph.Model;

/// <summary>The running process of a node, as its machine shows it.</summary>
/// <param name="Pid">The process id; with <paramref name="StartedAt"/> it names one life of the node.</param>
/// <param name="StartedAt">When the kernel started it.</param>
/// <param name="Release">The release whose jars it has open, whatever the symlink says now.</param>
public sealed record NodeProcess(int Pid, DateTimeOffset StartedAt, Observed<KafkaRelease> Release);
