namespace Metamorph.Journal;

/// <summary>The directory of one run.</summary>
public sealed class RunDirectory;
