namespace Metamorph.Benchmarks.WholeProgram;

/// <summary>What one command took.</summary>
/// <param name="Time">From the start of the process to its end.</param>
/// <param name="PeakBytes">The most memory it had resident.</param>
internal readonly record struct Cost(TimeSpan Time, long PeakBytes);
