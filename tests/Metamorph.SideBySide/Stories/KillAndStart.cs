namespace Metamorph.SideBySide.Stories;

/// <summary>A broker dies: its session must lapse before others lead, and before it may come back.</summary>
public sealed class KillAndStart : Story
{
    public override string Name => "kill-and-start";

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2]);
        await play.CreateAsync("single", [2]);

        await play.KillAsync(2);

        // Its last heartbeat is up to 2 s old; from 4.0 on sessions are looked at every 1.125 s.
        await play.TakesAsync(
            "t-1 without its leader", 6.5, 11.5, () => play.UntilAsync("3 leads t-1", view => view["t-1"].Leader == 3));
        await play.UntilAsync("2 is not live", view => !view.IsLive(2));
        await play.TakesAsync("the start after its session", 0, 7.5, () => play.StartAsync(2));
        await play.UntilWholeAsync();

        await play.KillAsync(2);
        await play.TakesAsync("the start at once", 6.5, 14, () => play.StartAsync(2));
        await play.UntilWholeAsync();
    }
}
