namespace Metamorph.SideBySide.Stories;

/// <summary>Leaders are given back, and elections are refused.</summary>
public sealed class PreferredElection : Story
{
    public override string Name => "preferred-election";

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2]);
        await play.CreateAsync("single", [2]);
        await play.StopAsync(2);
        await play.UntilAsync("2 is not live", view => !view.IsLive(2));

        await play.ElectAsync(unclean: false, ("t", 1), ("single", 0));
        await play.ElectAsync(unclean: true, ("t", 1), ("single", 0));

        await play.StartAsync(2);
        await play.UntilWholeAsync();
        await play.ElectAsync(unclean: false, ("t", 1));
        await play.UntilAsync("2 leads t-1", view => view["t-1"].Leader == 2);
        await play.ElectAsync(unclean: false, ("t", 0), ("t", 1));
        await play.ElectAsync(unclean: false, ("t", 9), ("nowhere", 0));
        await play.ElectAsync(unclean: false);
        await play.ElectAsync(unclean: true, ("t", 0));

        // A reassignment that changes the order alone makes another leader preferred, and elects nobody.
        await play.ReassignAsync("t", 0, 2, 1, 3);
        await play.UntilAsync("t-0 prefers 2", view => view["t-0"].Replicas is [2, 1, 3]);
        await play.ElectAsync(unclean: false);
        await play.UntilAsync("2 leads t-0", view => view["t-0"].Leader == 2);
    }
}
