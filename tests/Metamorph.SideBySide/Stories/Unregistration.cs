using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>A broker is emptied, stopped and forgotten; then one that still lives and holds a replica.</summary>
public sealed class Unregistration : Story
{
    public override string Name => "unregistration";

    public override StageOptions StageOf(string release) => new() { Release = release, Brokers = 4 };

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [4, 1, 2], [2, 3, 1]);
        await play.UnregisterAsync(9);

        await play.ReassignAsync("t", 0, 3, 1, 2);
        await play.UntilOnAsync("t-0", 3, 1, 2);
        await play.StopAsync(4);
        await play.UntilAsync("4 is not live", view => !view.IsLive(4));
        await play.UnregisterAsync(4);
        await play.UntilAsync("4 is forgotten", view => !view.Brokers.ContainsKey(4));
        await play.UnregisterAsync(4);
        await play.ReassignAsync("t", 0, 4, 1, 2);

        // What was forgotten may come back, and registers as any new broker does.
        await play.StartAsync(4);
        await play.ReassignAsync("t", 1, 4, 3, 1);
        await play.UntilOnAsync("t-1", 4, 3, 1);

        await play.UnregisterAsync(4);
        await play.UntilAsync("4 is forgotten", view => !view.Brokers.ContainsKey(4));

        // It runs on, and does not register by itself.
        await play.RestAsync(TimeSpan.FromSeconds(12));
        await play.KillAsync(4);
        await play.StartAsync(4);
        await play.UntilWholeAsync();
    }
}
