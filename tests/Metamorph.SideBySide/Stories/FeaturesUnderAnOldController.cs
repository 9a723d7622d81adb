using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Stories;

/// <summary>
/// Brokers of 4.3.1 that registered with a controller older than 3.9 are not known to support what begins at level 0,
/// until they register again.
/// </summary>
public sealed class FeaturesUnderAnOldController : Story
{
    private const string Metadata = "metadata.version";

    public override string Name => "features-under-an-old-controller";

    public override IReadOnlyList<string> Releases => ["3.5.2"];

    public override async Task PlayAsync(Play play)
    {
        await play.CreateAsync("t", [1, 2, 3], [2, 3, 1], [3, 1, 2]);
        await RestartAsync(play, 1);
        await RestartAsync(play, 2);
        await play.TakeWitnessAsync(1);
        await RestartAsync(play, 3);
        await play.FeaturesAsync((Metadata, 30));
        await RestartAsync(play, StageOptions.Controller);

        await play.FeaturesAsync((Metadata, 30), ("group.version", 1));
        await play.FeaturesAsync(validateOnly: true, 1, ("group.version", 1));
        await play.FeaturesAsync(validateOnly: true, 1, (Metadata, 30));
        await play.FeaturesAsync((Metadata, 19));
        await play.UntilAsync("metadata.version is 19", view => view.Features.GetValueOrDefault(Metadata) == 19);

        // Brokers register once more, in the same life, when the level with log directories is crossed.
        await play.RestAsync(TimeSpan.FromSeconds(5));
        await play.FeaturesAsync(validateOnly: true, 1, ("group.version", 1));
        await RestartAsync(play, 3);
        await RestartAsync(play, 2);
        await play.TakeWitnessAsync(3);
        await RestartAsync(play, 1);
        await play.FeaturesAsync((Metadata, 30), ("group.version", 1));
        await play.UntilAsync("group.version is 1", view => view.Features.GetValueOrDefault("group.version") == 1);
    }

    private static async Task RestartAsync(Play play, int node)
    {
        await play.StopAsync(node);
        if (node != StageOptions.Controller)
        {
            await play.UntilAsync($"{node} is not live", view => !view.IsLive(node));
            await play.RestAsync(TimeSpan.FromSeconds(10));
        }

        await play.StartAsync(node, "4.3.1");
        await play.UntilWholeAsync();
    }
}
