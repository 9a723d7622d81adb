using System.Globalization;
using Metamorph.Model;
using Metamorph.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Metamorph.Cli;

/// <summary>The live view: what runs, what it waits for and why, what comes next, how long; keys steer the run.</summary>
/// <param name="plan">What the run does.</param>
/// <param name="request">Leaves an operator's request in the run directory.</param>
internal sealed class LiveScreen(UpgradePlan plan, Action<OperatorRequest> request) : IRunScreen
{
    /// <summary>Four pictures a second: quick enough to follow, calm enough to read.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock guard = new();
    private readonly LiveFold fold = new(plan);

    public void Hear(JournalEntry entry)
    {
        lock (guard)
        {
            fold.Add(entry);
        }
    }

    public async Task ShowAsync(Task run)
    {
        await AnsiConsole.Live(Picture()).AutoClear(false).StartAsync(async context =>
        {
            while (!run.IsCompleted)
            {
                TakeKeys();
                context.UpdateTarget(Picture());
                context.Refresh();
                await Task.WhenAny(run, Task.Delay(Interval, TimeProvider.System));
            }

            context.UpdateTarget(Picture());
            context.Refresh();
        });
        await run;
    }

#pragma warning disable RS0030 // Keys come from the console, which is the CLI's business.
    private void TakeKeys()
    {
        while (Console.KeyAvailable)
        {
            OperatorRequest? asked = char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar) switch
            {
                'a' when Model().Phase == RunPhase.AwaitingApproval => OperatorRequest.Approve,
                'p' => OperatorRequest.Pause,
                'r' => OperatorRequest.Resume,
                _ => null,
            };
            if (asked is { } known)
            {
                request(known);
            }
        }
    }
#pragma warning restore RS0030

    private LiveModel Model()
    {
        lock (guard)
        {
            return fold.At(TimeProvider.System.GetUtcNow());
        }
    }

    private Rows Picture()
    {
        var model = Model();
        var parts = new List<IRenderable> { Header(model), Steps(model) };
        if (model.Wait is { } wait)
        {
            parts.Add(Waiting(wait));
        }

        parts.AddRange(model.NodeLog.Select(line => new Markup($"  [grey]node {line.Node}  {Markup.Escape(Shortened(line.Line))}[/]")));
        parts.Add(new Markup($"[grey]{Markup.Escape(model.WayBack)}[/]"));
        if (model.Verdict is null)
        {
            parts.Add(new Markup(model.Phase == RunPhase.AwaitingApproval
                ? "[bold]a[/] approve the finalisation   [bold]Ctrl-C[/] leave it for later"
                : "[grey]p pause   r resume   Ctrl-C finish the step and stop[/]"));
        }

        return new Rows(parts);
    }

    private static Markup Header(LiveModel model) => new(
        $"[bold]{Markup.Escape(model.Cluster)}[/]  {model.From} → [bold]{model.To}[/]   [{ColourOf(model.Phase)}]{Markup.Escape(model.State)}[/]   " +
        $"{model.StepsDone} of {model.Steps.Length} steps   {Quantity.Of(model.Elapsed)} so far" +
        (model.Remaining is { } left && model.Verdict is null ? $", about {Quantity.Of(left)} to go" : ""));

    private static Table Steps(LiveModel model)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumn("").AddColumn("").AddColumn("");
        foreach (var step in model.Steps)
        {
            var colour = ColourOf(step.Mark);
            table.AddRow(
                new Markup($"[{colour}]{StatusText.MarkOf(step.Mark)}[/]"),
                new Markup($"[{colour}]{Markup.Escape(step.Title)}{(step.Detail is { } detail ? $" ({Markup.Escape(Shortened(detail))})" : "")}[/]"),
                new Markup(step.Took is { } took ? Markup.Escape(Quantity.Of(took)) : ""));
        }

        return table;
    }

    private static Panel Waiting(LiveWait wait) => new Panel(new Rows(
            wait.Reasons.Select(reason => new Markup(Markup.Escape(reason.Text)))))
        .Header($"waiting {Quantity.Of(wait.Lasted)}: {Markup.Escape(wait.Question)}")
        .BorderColor(Color.Yellow);

    private static string ColourOf(StepMark mark) => mark switch
    {
        StepMark.Done => "green",
        StepMark.Running => "bold blue",
        StepMark.Waiting => "yellow",
        StepMark.Halted => "red",
        _ => "grey",
    };

    private static string ColourOf(RunPhase phase) => phase switch
    {
        RunPhase.Done => "green",
        RunPhase.Failed or RunPhase.Blocked or RunPhase.Aborted => "red",
        RunPhase.Waiting or RunPhase.Paused or RunPhase.AwaitingApproval => "yellow",
        _ => "blue",
    };

    private static string Shortened(string line)
    {
        var width = Math.Max(40, AnsiConsole.Profile.Width - 14);
        return line.Length <= width ? line : string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, width)}…");
    }
}
