namespace Metamorph.Benchmarks;

/// <summary>What was measured, beside the goal it has.</summary>
internal sealed class Scoreboard
{
    private readonly List<(string What, double Seen, string Unit, string Verdict)> rows = [];

    /// <summary>Whether no goal was missed.</summary>
    public bool AllMet { get; private set; } = true;

    /// <param name="what">What was measured.</param>
    /// <param name="seen">The median.</param>
    /// <param name="goal">The most it may be; <c>null</c> for a number that is only worth knowing.</param>
    /// <param name="unit">What the numbers count.</param>
    public void Add(string what, double seen, double? goal, string unit) =>
        Add(what, seen, unit, goal is { } most ? ($"≤ {most:0.0}", seen <= most) : null);

    /// <param name="what">What was measured.</param>
    /// <param name="seen">The median.</param>
    /// <param name="least">What it must be at least.</param>
    /// <param name="unit">What the numbers count.</param>
    public void AddAtLeast(string what, double seen, double least, string unit) =>
        Add(what, seen, unit, ($"≥ {least:0.0}", seen >= least));

    /// <summary>Prints a line for each measurement.</summary>
    public void Print(TextWriter to)
    {
        foreach (var (what, seen, unit, verdict) in rows)
        {
            to.WriteLine($"{what,-64} {seen,8:0.00} {unit,-6} {verdict}");
        }
    }

    private void Add(string what, double seen, string unit, (string Words, bool IsMet)? goal)
    {
        AllMet &= goal is not { IsMet: false };
        rows.Add((what, seen, unit, goal is { } given ? $"{given.Words}  {(given.IsMet ? "met" : "MISSED")}" : ""));
    }
}
