using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Reporting;

/// <summary>A run told from its first event: what each node spent its time on, and every wait with its reason.</summary>
public sealed record RunStory
{
    public required UpgradePlan Plan { get; init; }

    public required ImmutableArray<JournalEntry> Entries { get; init; }

    public required RunState State { get; init; }

    /// <summary>When it was told: an open wait lasts until here.</summary>
    public required DateTimeOffset Now { get; init; }

    public required ImmutableArray<NodeSpan> Spans { get; init; }

    public required ImmutableArray<WaitStory> Waits { get; init; }

    /// <exception cref="IllegalTransitionException">An event cannot follow the ones before it.</exception>
    public static RunStory Of(UpgradePlan plan, IEnumerable<JournalEntry> journal, DateTimeOffset now)
    {
        ImmutableArray<JournalEntry> entries = [.. journal];
        var spans = ImmutableArray.CreateBuilder<NodeSpan>();
        var waits = ImmutableArray.CreateBuilder<WaitStory>();
        var state = RunState.Empty;
        foreach (var entry in entries)
        {
            var next = state.After(entry);
            spans.AddRange(SpansBetween(state, next, entry.At));
            if (state.Wait is { } wait && (next.Wait is null || next.Wait.Since != wait.Since))
            {
                waits.Add(new WaitStory(wait, entry.At, IsOpen: false));
            }

            state = next;
        }

        if (state.Wait is { } open)
        {
            waits.Add(new WaitStory(open, state.EndedAt ?? now, IsOpen: true));
        }

        return new RunStory
        {
            Plan = plan,
            Entries = entries,
            State = state,
            Now = now,
            Spans = spans.DrainToImmutable(),
            Waits = waits.DrainToImmutable(),
        };
    }

    // The fold adds each stretch of time when it ends, so what an event added to a node ended with that event.
    private static IEnumerable<NodeSpan> SpansBetween(RunState before, RunState after, DateTimeOffset at)
    {
        foreach (var (node, now) in after.Nodes)
        {
            var then = before.Nodes.GetValueOrDefault(node);
            if (now == then)
            {
                continue;
            }

            foreach (var (kind, spent) in Spent(then ?? new NodeTimes { Node = node }, now))
            {
                if (spent > TimeSpan.Zero)
                {
                    yield return new NodeSpan(node, kind, at - spent, at);
                }
            }
        }
    }

    private static IEnumerable<(SpanKind Kind, TimeSpan Spent)> Spent(NodeTimes then, NodeTimes now) =>
    [
        (SpanKind.Wait, now.Wait - then.Wait),
        (SpanKind.Stop, now.Stop - then.Stop),
        (SpanKind.Start, now.Start - then.Start),
        (SpanKind.CatchUp, now.CatchUp - then.CatchUp),
    ];
}

/// <summary>A stretch of time of one node.</summary>
public sealed record NodeSpan(NodeId Node, SpanKind Kind, DateTimeOffset From, DateTimeOffset To);

/// <summary>What a node's time went to, as in <see cref="NodeTimes"/>.</summary>
public enum SpanKind
{
    Wait,
    Stop,
    Start,
    CatchUp,
}

/// <summary>A gate that was closed.</summary>
/// <param name="Wait">With the objections that were the last.</param>
/// <param name="Until">When it opened, or until when it is known to be closed.</param>
/// <param name="IsOpen">The run still waits, or ended waiting.</param>
public sealed record WaitStory(RunWait Wait, DateTimeOffset Until, bool IsOpen)
{
    public TimeSpan Lasted => Until - Wait.Since;
}
