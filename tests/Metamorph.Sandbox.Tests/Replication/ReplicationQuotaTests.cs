namespace Metamorph.Sandbox.Tests.Replication;

public sealed class ReplicationQuotaTests
{
    private const long Rate = 3_000_000;

    [Fact]
    public void Nothing_is_over_the_rate_before_anything_went_through() =>
        Assert.False(new ReplicationQuota().IsExceeded(At(0), Rate));

    [Fact]
    public void The_first_second_lets_one_second_s_worth_through()
    {
        var quota = new ReplicationQuota();
        quota.Record(At(0), Rate);
        Assert.False(quota.IsExceeded(At(0), Rate));

        quota.Record(At(0), 1);
        Assert.True(quota.IsExceeded(At(0.9), Rate));
        Assert.False(quota.IsExceeded(At(1.1), Rate));
    }

    [Fact]
    public void Whoever_sends_whenever_it_may_keeps_to_the_rate()
    {
        var quota = new ReplicationQuota();
        var sent = 0L;
        for (var second = 0.0; second < 30; second += 0.02)
        {
            if (!quota.IsExceeded(At(second), Rate))
            {
                quota.Record(At(second), 1_000_000);
                sent += 1_000_000;
            }
        }

        Assert.InRange(sent, 27 * Rate, 33 * Rate);
    }

    [Fact]
    public void A_rest_longer_than_all_samples_forgets_what_went_before()
    {
        var quota = new ReplicationQuota();
        quota.Record(At(0), 100 * Rate);
        Assert.True(quota.IsExceeded(At(10), Rate));

        Assert.False(quota.IsExceeded(At(11), Rate));
    }

    private static DateTimeOffset At(double second) => DateTimeOffset.UnixEpoch.AddSeconds(100 + second);
}
