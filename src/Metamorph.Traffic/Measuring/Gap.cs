namespace Metamorph.Traffic.Measuring;

/// <summary>A time in which records were due and none was acknowledged.</summary>
/// <param name="Begin">On the run's clock.</param>
/// <param name="Length">How long.</param>
public readonly record struct Gap(TimeSpan Begin, TimeSpan Length);
