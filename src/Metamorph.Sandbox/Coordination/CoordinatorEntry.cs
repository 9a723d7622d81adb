namespace Metamorph.Sandbox;

/// <summary>One record of a coordinator's log.</summary>
/// <param name="Key">What it is about; a later entry with the same key makes this one obsolete.</param>
/// <param name="Value">What is remembered; null: nothing any more. Never changed after it was appended.</param>
/// <param name="SizeBytes">About what Kafka's own record would take.</param>
internal sealed record CoordinatorEntry(string Key, object? Value, int SizeBytes);
