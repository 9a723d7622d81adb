using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.SideBySide.Recording;
using Metamorph.SideBySide.Stages;

namespace Metamorph.SideBySide.Watching;

/// <summary>Looks at a cluster all the time and writes each change into a history.</summary>
/// <remarks>
/// One broker is the witness. Every broker applies the controller's log in its order, so what one broker shows never
/// goes back, and the order of what it shows is the order in which things happened; views of several brokers mixed
/// would have neither. Reassignments are known by the controller alone, and have a loop of their own: a slow controller
/// must not blind the witness.
/// </remarks>
internal sealed class Watch : IAsyncDisposable
{
    /// <summary>Short against anything that lasts, and some 50 looks a second cost a real broker little.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>A witness that is silent for longer was chosen wrongly: the story stopped it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly IStage stage;
    private readonly History history;
    private readonly KafkaClient client;

    // A broker does not look at a connection's next request while one that it passed on to the controller is
    // unanswered.
    private readonly KafkaClient asker;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock guard = new();
    private readonly List<TaskCompletionSource> waiting = [];
    private volatile Exception? failure;
    private Task looking = Task.CompletedTask;
    private Task asking = Task.CompletedTask;

    public Watch(IStage stage, History history, int witness)
    {
        this.stage = stage;
        this.history = history;
        Witness = witness;
        client = ClientOf("witness");
        asker = ClientOf("asker");
    }

    /// <summary>The broker whose view is recorded.</summary>
    public int Witness { get; private set; }

    /// <summary>What the witness showed last.</summary>
    public ClusterView View { get; private set; } = ClusterView.Nothing;

    /// <summary>The reassignments that the controller told last, by partition.</summary>
    public IReadOnlyDictionary<string, string> Moving { get; private set; } = new Dictionary<string, string>();

    /// <summary>How many questions for reassignments were begun.</summary>
    public int RoundsBegun { get; private set; }

    /// <summary>Which of those questions was answered last; <see cref="Moving"/> is its answer.</summary>
    public int RoundAnswered { get; private set; }

    public void Begin()
    {
        looking = ToldOfFailureAsync(LookAsync());
        asking = ToldOfFailureAsync(AskAsync());
    }

    /// <summary>
    /// Takes another witness; its view must be as new as the old one's, or the history would go back.
    /// </summary>
    public void MoveTo(int witness) => Witness = witness;

    /// <summary>Completes with the next look, or fails as the looking did.</summary>
    /// <remarks>
    /// Nothing but a task of its own is awaited: combining tasks would take a stage with one thread off it.
    /// </remarks>
    public async Task NextAsync(CancellationToken cancellation)
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (guard)
        {
            waiting.Add(next);
        }

        if (failure is not null)
        {
            Tell();
        }

        using var late = cancellation.Register(() => next.TrySetCanceled(cancellation));
        await next.Task;
    }

    /// <summary>The view of any broker, now.</summary>
    public Task<ClusterView> ReadAsync(int broker, CancellationToken cancellation) =>
        ViewReader.ReadAsync(client, stage.EndpointOf(broker), cancellation);

    public async ValueTask DisposeAsync()
    {
        // CancelAsync would leave the one thread of a simulated stage.
        ending.Cancel();
        // They end as cancelled; a failure was told to whoever awaited the next look.
        await Task.WhenAll(looking, asking).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await client.DisposeAsync();
        await asker.DisposeAsync();
        ending.Dispose();
    }

    private KafkaClient ClientOf(string name) =>
        new(
            stage.Brokers.Select(stage.EndpointOf),
            stage.Transport,
            new KafkaClientOptions { ClientId = name, RequestTimeout = TimeSpan.FromSeconds(5) },
            stage.Time);

    private async Task LookAsync()
    {
        var heard = stage.Time.GetTimestamp();
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var view = await ReadAsync(Witness, ending.Token);
                history.See(static lane => !lane.StartsWith("moving ", StringComparison.Ordinal), view.Lanes());
                View = view;
                heard = stage.Time.GetTimestamp();
                Tell();
            }
            catch (KafkaException) when (stage.Time.GetElapsedTime(heard) < Silence)
            {
                // It restarts, or the machine is busy; the next look shows what was missed.
            }

            await Task.Delay(Pause, stage.Time, ending.Token);
        }
    }

    private async Task AskAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            var round = ++RoundsBegun;
            try
            {
                var answer = await asker.SendAsync(
                    stage.EndpointOf(Witness),
                    new ListPartitionReassignmentsRequest { TimeoutMs = 5000 },
                    ending.Token);
                if (answer.ErrorCode == ErrorCode.None)
                {
                    Moving = WordsOf(answer);
                    RoundAnswered = round;
                    history.See(
                        static lane => lane.StartsWith("moving ", StringComparison.Ordinal),
                        Moving.Select(move => ($"moving {move.Key}", move.Value)));
                    Tell();
                }
            }
            catch (KafkaException)
            {
                // The controller is away, and nothing moves without it.
            }

            await Task.Delay(Pause, stage.Time, ending.Token);
        }
    }

    private static Dictionary<string, string> WordsOf(ListPartitionReassignmentsResponse answer) =>
        answer.Topics.SelectMany(topic => topic.Partitions.Select(partition => (topic.Name, partition))).ToDictionary(
            move => $"{move.Name}-{move.partition.PartitionIndex}",
            move => $"adding {PartitionView.Ids(move.partition.AddingReplicas)} "
                + $"removing {PartitionView.Ids(move.partition.RemovingReplicas)}");

    private async Task ToldOfFailureAsync(Task watching)
    {
        try
        {
            await watching;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = e;
            Tell();
            throw;
        }
    }

    private void Tell()
    {
        List<TaskCompletionSource> told;
        lock (guard)
        {
            told = [.. waiting];
            waiting.Clear();
        }

        foreach (var one in told)
        {
            _ = failure is null ? one.TrySetResult() : one.TrySetException(failure);
        }
    }
}
