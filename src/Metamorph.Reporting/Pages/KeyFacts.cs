using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>The few numbers that a report begins with.</summary>
internal static class KeyFacts
{
    public static IEnumerable<(string Name, string Value)> Of(RunStory story)
    {
        var state = story.State;
        var restarts = state.Nodes.Values.Where(times => times.Restarts > 0).ToList();
        yield return ("Run", state.Run.Length == 0 ? "not started" : state.Run);
        if (state.StartedAt is { } start)
        {
            yield return ("Began", Wording.Moment(start));
            yield return (state.EndedAt is null ? "Lasts" : "Lasted", Quantity.Of((state.EndedAt ?? story.Now) - start));
        }

        yield return ("Steps", $"{state.StepsDone} of {story.Plan.Steps.Length} done");
        if (restarts.Count > 0)
        {
            var each = restarts.Aggregate(TimeSpan.Zero, (sum, times) => sum + Total(times)) / restarts.Sum(times => times.Restarts);
            yield return ("Average restart", Quantity.Of(each));
        }

        if (!story.Waits.IsEmpty)
        {
            yield return ("Gates closed", Quantity.Of(story.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait.Lasted)));
        }
    }

    public static TimeSpan Total(NodeTimes times) => times.Stop + times.Start + times.CatchUp + times.Wait;
}
