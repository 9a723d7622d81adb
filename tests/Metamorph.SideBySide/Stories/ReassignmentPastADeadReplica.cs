using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>Whether a move ends while a replica that stays is down: releases have different rules.</summary>
/// <remarks>
/// Up to 3.7 it does; from 3.8 to 4.2 never (KAFKA-15665); from 4.3 on when no more replicas go than come
/// (KAFKA-19975).
/// </remarks>
public sealed class ReassignmentPastADeadReplica : Story
{
    /// <summary>Long enough for a move of nothing to end, if it will.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(3);

    public override string Name => "reassignment-past-a-dead-replica";

    public override StageOptions StageOf(string release) => new() { Release = release, Brokers = 4 };

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [1, 2, 3]);
        await play.StopAsync(2);
        await play.UntilAsync("2 is not live", view => !view.IsLive(2));

        await play.ReassignAsync("t", 0, 4, 2, 3);
        await play.RestAsync(Enough);
        await play.ReassignAsync("t", 1, 4, 2);
        await play.RestAsync(Enough);

        await play.RestAsync(TimeSpan.FromSeconds(9));
        await play.StartAsync(2);
        await play.UntilOnAsync("t-0", 4, 2, 3);
        await play.UntilOnAsync("t-1", 4, 2);
    }
}
