using System.Threading.Channels;

namespace Metamorph.Sandbox.Tests.Time;

public sealed class FineTimerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(3);

    private readonly Channel<long> fired = Channel.CreateUnbounded<long>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_never_comes_early_and_each_change_makes_it_come_once()
    {
        using var timer = NewTimer();
        for (var times = 0; times < 20; times++)
        {
            var since = TimeProvider.System.GetTimestamp();
            timer.Change(Soon);

            var at = await fired.Reader.ReadAsync(Stop);

            Assert.True(TimeProvider.System.GetElapsedTime(since, at) >= Soon);
            Assert.Equal(0, fired.Reader.Count);
        }
    }

    [Fact]
    public async Task The_last_change_counts_be_it_sooner_or_never()
    {
        using var timer = NewTimer();
        timer.Change(TimeSpan.FromHours(1));
        timer.Change(Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromHours(2));
        timer.Change(TimeSpan.Zero);

        await fired.Reader.ReadAsync(Stop);
        timer.Change(Soon);
        await fired.Reader.ReadAsync(Stop);

        Assert.Equal(0, fired.Reader.Count);
    }

    [Fact]
    public async Task What_it_calls_may_set_it_again()
    {
        FineTimer? timer = null;
        var left = 5;
        timer = new FineTimer(TimeProvider.System, () =>
        {
            if (--left > 0)
            {
                timer!.Change(TimeSpan.Zero);
            }
            else
            {
                fired.Writer.TryWrite(0);
            }
        });
        using (timer)
        {
            timer.Change(TimeSpan.Zero);

            await fired.Reader.ReadAsync(Stop);

            Assert.Equal(0, left);
        }
    }

    [Fact]
    public async Task Its_thread_ends_with_it()
    {
        var thread = new TaskCompletionSource<Thread>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = new FineTimer(TimeProvider.System, () => thread.TrySetResult(Thread.CurrentThread));
        timer.Change(TimeSpan.Zero);
        var its = await thread.Task.WaitAsync(Stop);

        timer.Dispose();
        var hasEnded = its.Join(TimeSpan.FromSeconds(30));
        timer.Change(TimeSpan.Zero);
        timer.Dispose();

        Assert.True(hasEnded);
    }

    private FineTimer NewTimer() =>
        new(TimeProvider.System, () => fired.Writer.TryWrite(TimeProvider.System.GetTimestamp()));
}
