namespace Metamorph.Simulation;

/// <summary>Upgrades under faults, drawn from seeds. Many more of them: <c>./test simulation --seeds N</c>.</summary>
public sealed class SeededScheduleTests(ITestOutputHelper output)
{
    /// <summary>As many as fit into some 20 s of two cores.</summary>
    private const int Sample = 30;

    [Fact]
    public void Whatever_goes_wrong_nothing_is_harmed_by_an_upgrade_and_it_comes_to_its_end()
    {
        var campaign = new Campaign(from: 1, Sample);
        campaign.Run();

        output.WriteLine(campaign.Summary);
        Assert.True(campaign.Broken.Count == 0, string.Join("\n\n", campaign.Broken.OrderBy(each => each.Key).Take(5).Select(each => each.Value)));
    }
}
