using Metamorph.Clients.Programs;

namespace Metamorph.Clients.Traffic;

/// <summary>One client at work: a producer and a member of a group on one topic.</summary>
public sealed class ClientTraffic : IAsyncDisposable
{
    // A group's first member waits for its coordinator's topic; a JVM needs seconds on a busy machine; a crash costs
    // ten.
    private static readonly TimeSpan FlowPatience = TimeSpan.FromSeconds(90);

    private readonly ClientProcess consumer;
    private readonly ClientProcess producer;

    private ClientTraffic(IClientUnderTest client, ClientTask task)
    {
        Client = client;
        consumer = ClientProcess.Start(client.Consumer(task), Ledger.Note);
        producer = ClientProcess.Start(client.Producer(task), Ledger.Note);
    }

    public IClientUnderTest Client { get; }

    public ClientLedger Ledger { get; } = new();

    /// <summary>Starts both sides; the topic is there already.</summary>
    public static ClientTraffic Start(IClientUnderTest client, ClientTask task) => new(client, task);

    /// <summary>Waits until so many more records were acknowledged, and as many read.</summary>
    public Task FlowAsync(int records)
    {
        var (acknowledged, read) = (Ledger.AcknowledgedCount + records, Ledger.ReadCount + records);
        return UntilAsync(
            ledger => ledger.AcknowledgedCount >= acknowledged && ledger.ReadCount >= read, $"{records} more records",
                producer, consumer);
    }

    /// <summary>Ends the producer, then the consumer once all is read that was acknowledged.</summary>
    /// <remarks>What is not read in time is not waited for longer: the verdict has it as lost.</remarks>
    public async Task<ClientVerdict> EndAsync()
    {
        await producer.EndAsync();
        try
        {
            await UntilAsync(ledger => ledger.IsReadWhole, "reading of all that was acknowledged", consumer);
        }
        catch (TimeoutException late)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(late.Message);
        }

        await consumer.EndAsync();
        return Ledger.Judge();
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{producer.LastWords}\n{consumer.LastWords}");
        }

        await producer.DisposeAsync();
        await consumer.DisposeAsync();
    }

    private async Task UntilAsync(Func<ClientLedger, bool> holds, string awaited, params ClientProcess[] needed)
    {
        using var patience = new CancellationTokenSource(FlowPatience);
        var reached = Ledger.UntilAsync(holds, patience.Token);
        try
        {
            var first = await Task.WhenAny([reached, .. needed.Select(process => process.Exited)]);
            if (first != reached && !holds(Ledger))
            {
                throw new InvalidOperationException($"{Client.Name} ended by itself, before {awaited}\n{Words()}");
            }

            await reached;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"{Client.Name}: {awaited}: not within {FlowPatience.TotalSeconds} s; {Ledger.Judge()}\n{Words()}");
        }
    }

    private string Words() =>
        $"{producer.LastWords}\n{consumer.LastWords}\n{string.Join('\n', Ledger.GivenUp.TakeLast(5))}";
}
