using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>
/// Moves under a throttle as Kafka's own tool sets it: one to its end, one so slow that it is cancelled.
/// </summary>
public sealed class ThrottledReassignment : Story
{
    private const string Leader = "leader.replication.throttled";
    private const string Follower = "follower.replication.throttled";

    public override string Name => "reassignment-throttled";

    public override StageOptions StageOf(string release) => new() { Release = release, Brokers = 4 };

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1]);
        await play.ProduceAsync("t", 0, 24);
        await play.ProduceAsync("t", 1, 24);

        // 24 MiB at 3 MiB/s are 8 s; a quota's window lets up to eleven samples' worth through at once.
        await ThrottleAsync(play, 3 * 1024 * 1024);
        await play.ConfigureAsync(
            2, "t", ($"{Leader}.replicas", "0:1,0:2,0:3,1:1,1:2,1:3"), ($"{Follower}.replicas", "0:4,1:4"));
        await play.ReassignAsync("t", 0, 1, 2, 4);
        await play.TakesAsync("the move of 24 MiB at 3 MiB/s", 3, 14, () => play.UntilOnAsync("t-0", 1, 2, 4));

        await ThrottleAsync(play, 64 * 1024);
        await play.ReassignAsync("t", 1, 2, 3, 4);
        await play.RestAsync(TimeSpan.FromSeconds(4));
        await play.ReassignAsync("t", 1, null);
        await play.UntilOnAsync("t-1", 2, 3, 1);

        // The same move once nothing holds it back.
        await play.ReassignAsync("t", 1, 2, 3, 4);
        await ThrottleAsync(play, null);
        await play.ConfigureAsync(2, "t", ($"{Leader}.replicas", null), ($"{Follower}.replicas", null));
        await play.TakesAsync("the move of 24 MiB without a throttle", 0, 8, () => play.UntilOnAsync("t-1", 2, 3, 4));
    }

    private static async Task ThrottleAsync(Play play, int? bytes)
    {
        var rate = bytes?.ToString();
        for (var broker = 1; broker <= 4; broker++)
        {
            await play.ConfigureAsync(4, $"{broker}", ($"{Leader}.rate", rate), ($"{Follower}.rate", rate));
        }
    }
}
