namespace Metamorph.SideBySide.Recording;

/// <summary>Says in which ways a history is not the recorded one. Pure.</summary>
/// <remarks>
/// The same must be: what was done and what was answered, word by word; the states of each lane in their order, but for
/// those too short to be seen for sure; the order of things of different lanes, where the recorded one is clear; and
/// the bands that durations lie in. Times themselves are not compared.
/// </remarks>
internal static class Comparison
{
    /// <summary>
    /// Things of different lanes that are recorded closer than this have no order: different threads of real brokers
    /// did or told them. It does not hold between what the witness says of brokers and of others: that comes from one
    /// log.
    /// </summary>
    private const long UnorderedMs = 1000;

    /// <summary>
    /// As <see cref="UnorderedMs"/>, between the controller's answers and the witness's view: two loops ask for them, and
    /// on a machine that was busy when it recorded, one was behind the other by two seconds.
    /// </summary>
    private const long UnorderedMovesMs = 2500;

    /// <summary>Whether a line is the story's own rather than something that was watched.</summary>
    public static bool IsOfTheScript(HistoryLine line) => line.Lane is "operation" or "answer" or Band.Lane;

    /// <summary>The differences in words; none when the histories tell the same.</summary>
    /// <param name="recorded">Of real brokers.</param>
    /// <param name="played">The other.</param>
    /// <param name="busyMachine">Whether the other was played where anything may take longer: upper limits do not
    /// count.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<HistoryLine> recorded, IReadOnlyList<HistoryLine> played, bool busyMachine)
    {
        var same = new List<(HistoryLine Recorded, HistoryLine Played)>();
        List<string> differences =
        [
            .. ScriptDifferences(recorded, played, same),
            .. LaneDifferences(recorded, played, same),
            .. OrderDifferences(same),
            .. BandDifferences(played, busyMachine),
        ];
        return differences;
    }

    /// <summary>The bands of a history that do not hold.</summary>
    public static IEnumerable<string> BandDifferences(IEnumerable<HistoryLine> played, bool busyMachine) =>
        played.Where(line => line.Lane == Band.Lane).Select(line => Band.Parse(line.State))
            .Where(band => !band.Holds && !(busyMachine && band.Took > band.To))
            .Select(band => $"took: {band}");

    private static IEnumerable<string> ScriptDifferences(
        IEnumerable<HistoryLine> recorded, IEnumerable<HistoryLine> played, List<(HistoryLine, HistoryLine)> same)
    {
        List<LaneState> left = [.. recorded.Where(IsOfTheScript).Select(WithoutTime)];
        List<LaneState> right = [.. played.Where(IsOfTheScript).Select(WithoutTime)];
        return Differences("script", left, right, same);
    }

    // A line of the script never passes: each counts, and a band counts without what was measured.
    private static LaneState WithoutTime(HistoryLine line) =>
        new(line.Lane == Band.Lane ? line with { State = $"took {Band.Parse(line.State).Rule}" } : line, long.MaxValue);

    private static IEnumerable<string> LaneDifferences(
        IEnumerable<HistoryLine> recorded, IEnumerable<HistoryLine> played, List<(HistoryLine, HistoryLine)> same)
    {
        var left = LaneState.ByLane(recorded);
        var right = LaneState.ByLane(played);
        return left.Keys.Union(right.Keys).Order(StringComparer.Ordinal).SelectMany(
            lane => Differences(lane, left.GetValueOrDefault(lane, []), right.GetValueOrDefault(lane, []), same));
    }

    private static IEnumerable<string> Differences(
        string lane, List<LaneState> left, List<LaneState> right, List<(HistoryLine, HistoryLine)> same)
    {
        var pairs = LaneAlignment.Of(left, right);
        same.AddRange(pairs.Select(pair => (left[pair.Left].Line, right[pair.Right].Line)));
        return Unpaired(left, [.. pairs.Select(pair => pair.Left)]).Select(state => $"{lane}: missing: {state}")
            .Concat(Unpaired(right, [.. pairs.Select(pair => pair.Right)])
                .Select(state => $"{lane}: not recorded: {state}"));
    }

    // A state that comes again after fleeting ones is the state that was there before, seen through them.
    private static IEnumerable<string> Unpaired(List<LaneState> states, HashSet<int> paired)
    {
        var shown = History.Absent;
        for (var i = 0; i < states.Count; i++)
        {
            if (paired.Contains(i))
            {
                shown = states[i].State;
            }
            else if (!states[i].IsFleeting && states[i].State != shown)
            {
                yield return states[i].State;
            }
        }
    }

    private static IEnumerable<string> OrderDifferences(List<(HistoryLine Recorded, HistoryLine Played)> same)
    {
        foreach (var first in same)
        {
            foreach (var second in same)
            {
                var clear = second.Recorded.AtMs - first.Recorded.AtMs > SlackBetween(first.Recorded, second.Recorded);
                if (clear && second.Played.AtMs < first.Played.AtMs)
                {
                    yield return $"order: {Named(second.Recorded)} came before {Named(first.Recorded)}";
                }
            }
        }
    }

    private static long SlackBetween(HistoryLine one, HistoryLine other) =>
        (IsMove(one) && IsSeenByTheWitness(other)) || (IsMove(other) && IsSeenByTheWitness(one)) ? UnorderedMovesMs
            : IsSeenByTheWitness(one) && IsSeenByTheWitness(other) && (IsBroker(one) || IsBroker(other)) ? 0
            : UnorderedMs;

    private static bool IsSeenByTheWitness(HistoryLine line) =>
        !IsOfTheScript(line) && !IsMove(line);

    private static bool IsMove(HistoryLine line) => line.Lane.StartsWith("moving ", StringComparison.Ordinal);

    private static bool IsBroker(HistoryLine line) => line.Lane.StartsWith("broker ", StringComparison.Ordinal);

    private static string Named(HistoryLine line) => $"\"{line.Lane}: {line.State}\"";
}
