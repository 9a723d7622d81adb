namespace Metamorph.SideBySide.Recording;

/// <summary>One thing that happened: a lane came to a state.</summary>
/// <param name="AtMs">Since the history began.</param>
/// <param name="Lane">What it is about: <c>broker 2</c>, <c>t-0</c>, <c>moving t-0</c>, <c>feature x</c>,
/// <c>operation</c>,
/// <c>answer</c>, <c>took</c>.</param>
/// <param name="State">How it is from then on, in canonical words.</param>
public sealed record HistoryLine(long AtMs, string Lane, string State);
