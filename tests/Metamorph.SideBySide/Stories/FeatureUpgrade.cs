using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>
/// A roll from 3.9.2 to 4.3.1 with every refusal on its way: too early, half rolled, a dead broker, downwards.
/// </summary>
public sealed class FeatureUpgrade : Story
{
    private const string Metadata = "metadata.version";

    public override string Name => "feature-upgrade";

    public override IReadOnlyList<string> Releases => ["3.9.2"];

    public override StageOptions StageOf(string release) => new() { Release = release };

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2]);
        await TooEarlyAsync(play);

        await RestartAsync(play, StageOptions.Controller);
        await play.FeaturesAsync((Metadata, 30));
        await RestartAsync(play, 1);
        await RestartAsync(play, 2);
        await play.FeaturesAsync((Metadata, 30));
        await play.FeaturesAsync(("group.version", 1));
        await play.FeaturesAsync((Metadata, 30), ("group.version", 1), ("transaction.version", 2));

        await play.TakeWitnessAsync(1);
        await play.StopAsync(3);
        await play.UntilAsync("3 is not live", view => !view.IsLive(3));
        await play.FeaturesAsync((Metadata, 30));
        await play.RestAsync(TimeSpan.FromSeconds(10));
        await play.StartAsync(3, "4.3.1");
        await play.UntilWholeAsync();

        await RaisedAsync(play);
        await DownwardsAsync(play);
    }

    private static async Task TooEarlyAsync(Play play)
    {
        await play.FeaturesAsync((Metadata, 30));
        await play.FeaturesAsync((Metadata, 21));
        await play.FeaturesAsync((Metadata, 0));
        await play.FeaturesAsync(("group.version", 1));
        await play.FeaturesAsync(("no.such.feature", 1));
        await play.FeaturesAsync(validateOnly: true, 1, (Metadata, 30));
        await play.FeaturesAsync(validateOnly: true, 2, (Metadata, 20));
    }

    private static async Task RaisedAsync(Play play)
    {
        await play.FeaturesAsync(validateOnly: true, 1, (Metadata, 30));
        await play.FeaturesAsync(validateOnly: true, 1, (Metadata, 31));
        await play.FeaturesAsync((Metadata, 30));
        await play.UntilAsync("metadata.version is 30", view => view.Features.GetValueOrDefault(Metadata) == 30);
        await play.FeaturesAsync(("group.version", 1), ("transaction.version", 2));
        await play.FeaturesAsync(("eligible.leader.replicas.version", 1));
        await play.FeaturesAsync(("share.version", 1), ("streams.version", 1));
        await play.UntilAsync("streams.version is 1", view => view.Features.GetValueOrDefault("streams.version") == 1);
        await play.FeaturesAsync((Metadata, 30));
    }

    private static async Task DownwardsAsync(Play play)
    {
        await play.FeaturesAsync((Metadata, 29));
        await play.FeaturesAsync(validateOnly: false, 2, (Metadata, 29));
        await play.FeaturesAsync(validateOnly: false, 3, (Metadata, 29));
        await play.FeaturesAsync(validateOnly: false, 2, ("group.version", 0));
        await play.FeaturesAsync(validateOnly: false, 2, ("group.version", 1));
        await play.UntilAsync("group.version is gone", view => !view.Features.ContainsKey("group.version"));
    }

    private static async Task RestartAsync(Play play, int node)
    {
        await play.StopAsync(node);
        if (node != StageOptions.Controller)
        {
            await play.UntilAsync($"{node} is not live", view => !view.IsLive(node));

            // Past its session, which another story tells of.
            await play.RestAsync(TimeSpan.FromSeconds(10));
        }

        await play.StartAsync(node, "4.3.1");
        await play.UntilWholeAsync();
    }
}
