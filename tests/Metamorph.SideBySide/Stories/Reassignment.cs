using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>A fourth broker is added and gets replicas; others are reordered, refused, cancelled.</summary>
public sealed class Reassignment : Story
{
    public override string Name => "reassignment";

    public override StageOptions StageOf(string release) =>
        new() { Release = release, Brokers = 4, StartLater = new HashSet<int> { 4 } };

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2], [1, 2, 3]);
        await play.ProduceAsync("t", 0, 12);
        await play.ProduceAsync("t", 1, 12);
        await play.ReassignAsync("t", 0, 4, 2, 3);
        await play.StartAsync(4);
        await play.UntilAsync("4 is live", view => view.IsLive(4));

        // The leader itself goes; a follower goes; only the order changes; more replicas; fewer.
        await MoveAsync(play, 0, 4, 2, 3);
        await MoveAsync(play, 1, 2, 3, 4);
        await MoveAsync(play, 2, 1, 2, 3);
        await MoveAsync(play, 3, 1, 2, 3, 4);
        await MoveAsync(play, 3, 4, 2);
        await MoveAsync(play, 3, 4, 2);

        await RefusedAsync(play);
        await CancelledAsync(play);
    }

    private static async Task MoveAsync(Play play, int partition, params int[] replicas)
    {
        await play.ReassignAsync("t", partition, replicas);
        await play.UntilOnAsync($"t-{partition}", replicas);
    }

    private static async Task RefusedAsync(Play play)
    {
        await play.ReassignAsync("t", 2, null);
        await play.ReassignAsync("t", 2, 1, 2, 9);
        await play.ReassignAsync("t", 2, 1, 1, 2);
        await play.ReassignAsync("t", 2, []);
        await play.ReassignAsync("t", 2, -1, 2);
        await play.ReassignAsync("t", 9, 1, 2, 3);
        await play.ReassignAsync("nowhere", 0, 1, 2, 3);
    }

    // To a broker that is down: such a move can be begun, and never ends.
    private static async Task CancelledAsync(Play play)
    {
        await play.StopAsync(4);
        await play.UntilAsync("4 is not live", view => !view.IsLive(4));
        await play.ReassignAsync("t", 2, 3, 1, 4);
        await play.UntilMovingAsync("t-2", moving: true);
        await play.ReassignAsync("t", 2, 3, 4, 2);
        await play.UntilAsync("the other target is known", view => view["t-2"].Replicas is [3, 4, 2, ..]);
        await play.ReassignAsync("t", 2, null);
        await play.UntilMovingAsync("t-2", moving: false);
        await play.UntilAsync("t-2 is on 1, 2, 3", view => view["t-2"].Replicas.Order().SequenceEqual([1, 2, 3]));
    }
}
