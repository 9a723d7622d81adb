namespace Metamorph.Sandbox;

/// <summary>
/// Ends a session that nobody renews. Renewing is cheap: one timer runs, and finds out when it is too early.
/// </summary>
internal sealed class SessionClock(CoordinatorShard shard, Action whenOver)
{
    private DateTimeOffset deadline;
    private DateTimeOffset due;
    private CoreTimer? timer;

    /// <summary>The session lasts so much longer from now on.</summary>
    public void Renew(TimeSpan timeout)
    {
        deadline = shard.World.Now + timeout;
        if (timer is null || due > deadline)
        {
            timer?.Cancel();
            Arm();
        }
    }

    public void Stop()
    {
        timer?.Cancel();
        timer = null;
    }

    private void Arm()
    {
        due = deadline;
        timer = shard.After(due - shard.World.Now, () =>
        {
            timer = null;
            if (shard.World.Now < deadline)
            {
                Arm();
            }
            else
            {
                whenOver();
            }
        });
    }
}
