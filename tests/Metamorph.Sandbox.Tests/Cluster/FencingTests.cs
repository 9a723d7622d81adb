namespace Metamorph.Sandbox.Tests.Cluster;

public sealed class FencingTests
{
    // The heartbeats of many brokers come faster than a controller of 4.0 or newer looks at sessions.
    [Theory]
    [InlineData("3.9.2", 7.0, 9.1)]
    [InlineData("4.1.0", 7.0, 10.2)]
    public void A_dead_broker_is_fenced_in_time_however_many_others_live(string release, double atLeast, double atMost)
    {
        var core = TestCluster.Of(release, brokers: 20);
        core.Pass(TimeSpan.FromSeconds(60.3));
        core.Order(7, new NodeOrder.Kill());
        var killed = core.Now;

        core.PassUntil(() => core.World.Metadata.Brokers.Now[7].IsFenced);

        Assert.InRange((core.Now - killed).TotalSeconds, atLeast, atMost);
    }
}
