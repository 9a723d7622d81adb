using System.Text;
using Metamorph.Model;
using Metamorph.Reporting;

namespace Metamorph.Cli;

/// <summary>A run's state as plain text.</summary>
internal static class StatusText
{
    public static string Of(LiveModel model)
    {
        var text = new StringBuilder();
        text.AppendLine($"{model.Run}  {model.Cluster} {model.From} → {model.To}");
        text.AppendLine($"{model.State}, {model.StepsDone} of {model.Steps.Length} steps, {Quantity.Of(model.Elapsed)} {(model.Verdict is null ? "so far" : "in all")}{(model.Remaining is { } left && model.Verdict is null ? $", about {Quantity.Of(left)} to go" : "")}");
        foreach (var step in model.Steps)
        {
            text.AppendLine($"  {MarkOf(step.Mark)} {step.Title}{(step.Took is { } took ? $"  {Quantity.Of(took)}" : "")}{(step.Detail is { } detail ? $"  ({detail})" : "")}");
        }

        if (model.Wait is { } wait)
        {
            text.AppendLine($"waiting for {Quantity.Of(wait.Lasted)}: {wait.Question}");
            foreach (var reason in wait.Reasons)
            {
                text.AppendLine($"  - {reason.Text}");
            }
        }

        text.AppendLine(model.WayBack);
        if (model.Verdict is { } verdict)
        {
            text.AppendLine($"{verdict.Happened}. {verdict.Stands} {verdict.Next}");
        }

        return text.ToString().TrimEnd();
    }

    public static string MarkOf(StepMark mark) => mark switch
    {
        StepMark.Pending => "·",
        StepMark.Waiting => "…",
        StepMark.Running => "▶",
        StepMark.Done => "✓",
        StepMark.Skipped => "–",
        StepMark.Halted => "!",
        _ => throw new InvalidOperationException($"no such mark: {mark}"),
    };
}
