namespace Metamorph.SideBySide.Stories;

/// <summary>
/// A broker that leads, follows and holds the only replica of a partition is stopped and started: at once, and late.
/// </summary>
public sealed class ControlledStop : Story
{
    public override string Name => "controlled-stop";

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2]);
        await play.CreateAsync("single", [2]);

        await play.TakesAsync("the stop", 0, 8, () => play.StopAsync(2));
        await play.UntilAsync("2 is not live", view => !view.IsLive(2));

        // From 4.0 on the controller keeps the session of a broker that went cleanly, and turns away its next life
        // until the 9 seconds are over (KAFKA-17793).
        var (from, to) = play.Release[0] == '3' ? (0.0, 7.5) : (6.5, 14.0);
        await play.TakesAsync("the start at once", from, to, () => play.StartAsync(2));
        await play.UntilWholeAsync();

        await play.StopAsync(2);
        await play.UntilAsync("2 is not live", view => !view.IsLive(2));
        await play.RestAsync(TimeSpan.FromSeconds(11));
        await play.TakesAsync("the start after its session", 0, 7.5, () => play.StartAsync(2));
        await play.UntilWholeAsync();
    }
}
