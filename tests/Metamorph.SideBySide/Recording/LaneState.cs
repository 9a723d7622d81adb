namespace Metamorph.SideBySide.Recording;

/// <summary>A state that a lane was in.</summary>
/// <param name="Line">Where it began.</param>
/// <param name="LastedMs">Until the next one; <see cref="long.MaxValue"/> for the last.</param>
internal sealed record LaneState(HistoryLine Line, long LastedMs)
{
    /// <summary>
    /// What is shorter than this need not be in both histories. A new replica's first fetch comes at once or after a
    /// backoff of 1 s, by luck, and the move of an empty partition lasts as long; the rest is for a busy machine.
    /// </summary>
    public const long FleetingMs = 1500;

    public string State => Line.State;

    public bool IsFleeting => LastedMs < FleetingMs;

    /// <summary>The states of each lane, without the script's own lines.</summary>
    public static Dictionary<string, List<LaneState>> ByLane(IEnumerable<HistoryLine> lines) =>
        lines.Where(line => !Comparison.IsOfTheScript(line)).GroupBy(line => line.Lane).ToDictionary(
            lane => lane.Key,
            lane =>
            {
                var states = lane.ToList();
                return states.Select((line, at) => new LaneState(
                    line, at + 1 < states.Count ? states[at + 1].AtMs - line.AtMs : long.MaxValue)).ToList();
            });
}
