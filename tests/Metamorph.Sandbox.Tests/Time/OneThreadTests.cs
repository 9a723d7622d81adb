namespace Metamorph.Sandbox.Tests.Time;

public sealed class OneThreadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly VirtualTime time = new(Noon);
    private readonly OneThread pump;

    public OneThreadTests() => pump = new OneThread(time);

    [Fact]
    public void A_day_passes_at_once_on_the_calling_thread()
    {
        var here = Environment.CurrentManagedThreadId;
        var there = pump.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromDays(1), time);
            await Task.Yield();
            return Environment.CurrentManagedThreadId;
        });
        Assert.Equal((here, Noon.AddDays(1)), (there, time.Now));
    }

    [Fact]
    public void Time_stands_still_while_anything_can_run()
    {
        var order = new List<string>();
        pump.Run(async () =>
        {
            time.In(TimeSpan.FromMilliseconds(1), () => order.Add("timer"));
            for (var turn = 0; turn < 3; turn++)
            {
                await Task.Yield();
                order.Add($"turn {turn}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        });
        Assert.Equal(["turn 0", "turn 1", "turn 2", "timer"], order);
    }

    [Fact]
    public void RunFor_lets_others_act_and_ends_on_the_dot()
    {
        var acted = 0;
        using var ticking = time.CreateTimer(_ => acted++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        pump.RunFor(TimeSpan.FromSeconds(10.5));
        Assert.Equal((10, Noon.AddSeconds(10.5)), (acted, time.Now));
    }

    [Fact]
    public void The_hook_is_called_after_every_step_and_its_exception_ends_the_run()
    {
        var steps = 0;
        pump.AfterStep = () => steps++;
        pump.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal((pump.Steps, 1), (steps, steps));

        pump.AfterStep = () => throw new InvalidDataException("broken invariant");
        Assert.Throws<InvalidDataException>(() => pump.RunFor(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Work_that_nothing_moves_is_an_error()
    {
        var never = new TaskCompletionSource();
        var error = Assert.Throws<InvalidOperationException>(() => pump.Run(() => never.Task));
        Assert.Contains("nothing moves it any more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_never_ends_is_an_error()
    {
        using var ticking = time.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        var never = new TaskCompletionSource();
        Assert.Throws<InvalidOperationException>(() => pump.Run(() => never.Task));
        Assert.True(time.Now > Noon + pump.Longest);
    }

    public static TheoryData<string> WaysOut => ["a pool thread", "a wait with cancellation", "WhenAll", "WhenAny", "a contended semaphore", "CancelAsync"];

    [Theory]
    [MemberData(nameof(WaysOut))]
    public void Whatever_leaves_the_thread_fails_the_run(string way)
    {
        var error = Assert.Throws<InvalidOperationException>(() => pump.Run(() => LeaveAsync(way)));
        Assert.Contains("left the one thread", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timer_that_is_set_from_another_thread_is_refused_there() => pump.Run(() =>
    {
        Exception? refused = null;
        var other = new Thread(() => refused = Record.Exception(() => time.In(TimeSpan.Zero, () => { })));
        other.Start();
        other.Join();
        Assert.IsType<InvalidOperationException>(refused);
        return Task.CompletedTask;
    });

    [Fact]
    public void Runs_do_not_nest() =>
        pump.Run(() =>
        {
            Assert.Throws<InvalidOperationException>(() => pump.RunFor(TimeSpan.Zero));
            return Task.CompletedTask;
        });

    private async Task LeaveAsync(string way)
    {
        using var token = new CancellationTokenSource();
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        time.In(TimeSpan.FromSeconds(1), () => source.SetResult());
        switch (way)
        {
            case "a pool thread":
                using (var gate = new ManualResetEventSlim())
                {
                    time.In(TimeSpan.FromSeconds(1), gate.Set);
                    await Task.Run(() => gate.Wait(TimeSpan.FromSeconds(10)));
                }

                break;
            case "a wait with cancellation":
                await source.Task.WaitAsync(token.Token);
                break;
            case "WhenAll":
                await Task.WhenAll(source.Task, Task.Delay(TimeSpan.FromMilliseconds(1), time));
                break;
            case "WhenAny":
                await Task.WhenAny(source.Task, new TaskCompletionSource().Task);
                break;
            case "a contended semaphore":
                using (var semaphore = new SemaphoreSlim(0))
                {
                    time.In(TimeSpan.FromSeconds(1), () => semaphore.Release());
                    await semaphore.WaitAsync(token.Token);
                }

                break;
            default:
                using (token.Token.Register(() => { }))
                {
                    await token.CancelAsync();
                }

                break;
        }
    }
}
