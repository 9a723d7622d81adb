namespace Metamorph.Clients.Programs;

/// <summary>What a client is to do.</summary>
/// <param name="Folder">Where files for it may be written.</param>
public sealed record ClientTask(string Bootstrap, string Topic, string Group, int RecordsPerSecond, string Folder);
