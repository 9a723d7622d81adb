namespace Metamorph.Benchmarks;

/// <summary>What was measured, beside the goal it has.</summary>
internal sealed class Scoreboard
{
    private readonly List<(string What, double Seen, double? Goal, string Unit)> _rows = [];

    /// <summary>Whether no goal was missed.</summary>
    public bool AllMet => _rows.TrueForAll(row => row.Goal is not { } goal || row.Seen <= goal);

    /// <param name="what">What was measured.</param>
    /// <param name="seen">The median.</param>
    /// <param name="goal">The most it may be; <c>null</c> for a number that is only worth knowing.</param>
    /// <param name="unit">What the numbers count.</param>
    public void Add(string what, double seen, double? goal, string unit) => _rows.Add((what, seen, goal, unit));

    /// <summary>Prints a line for each measurement.</summary>
    public void Print(TextWriter to)
    {
        foreach (var (what, seen, goal, unit) in _rows)
        {
            var verdict = goal is not { } most ? "" : $"≤ {most:0.0}  {(seen <= most ? "met" : "MISSED")}";
            to.WriteLine($"{what,-58} {seen,8:0.00} {unit,-6} {verdict}");
        }
    }
}
