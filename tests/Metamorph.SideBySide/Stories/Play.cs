using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.SideBySide.Recording;
using Metamorph.SideBySide.Stages;
using Metamorph.SideBySide.Watching;

namespace Metamorph.SideBySide.Stories;

/// <summary>What a story can do to a cluster, each deed with its lines in the history.</summary>
public sealed partial class Play : IAsyncDisposable
{
    /// <summary>
    /// Past anything that a story waits for on an idle machine; the longest is a session of 9 seconds.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IStage stage;
    private readonly Watch watch;
    private readonly KafkaClient client;
    private readonly SortedSet<int> running;

    private Play(IStage stage, StageOptions options, int witness)
    {
        this.stage = stage;
        Release = options.Release;
        History = new History(stage.Time);
        watch = new Watch(stage, History, witness);
        running = [.. stage.Brokers.Where(broker => !options.StartLater.Contains(broker))];
        client = new KafkaClient(
            stage.Brokers.Select(stage.EndpointOf),
            stage.Transport,
            new KafkaClientOptions { ClientId = "story", RequestTimeout = TimeSpan.FromSeconds(30) },
            stage.Time);
    }

    /// <summary>The release that the cluster was formatted with.</summary>
    public string Release { get; }

    public History History { get; }

    public TimeProvider Time => stage.Time;

    /// <summary>The cluster in the witness's eyes.</summary>
    public ClusterView View => watch.View;

    /// <summary>Plays a story to its end on a stage that was begun for it.</summary>
    /// <exception cref="StoryFailedException">Something that the story waits for did not come.</exception>
    public static async Task<IReadOnlyList<HistoryLine>> StoryAsync(Story story, string release, IStage stage)
    {
        await using var play = new Play(stage, story.StageOf(release), story.Witness);
        try
        {
            play.watch.Begin();
            await play.UntilAsync("every broker is live", view => play.running.All(view.IsLive));
            await story.PlayAsync(play);
            await play.AgreeAsync();
            return play.History.Lines;
        }
        catch (Exception failure)
        {
            throw new StoryFailedException(story, release, play.History.Lines, failure);
        }
    }

    public async Task StopAsync(int node)
    {
        running.Remove(node);
        await DoAsync($"stop {node}", () => stage.StopAsync(node));
    }

    public async Task KillAsync(int node)
    {
        running.Remove(node);
        await DoAsync($"kill {node}", () => stage.KillAsync(node));
    }

    public async Task StartAsync(int node, string? release = null)
    {
        var operation = release is null ? $"start {node}" : $"start {node} on {release}";
        await DoAsync(operation, () => stage.StartAsync(node, release));
        if (node != StageOptions.Controller)
        {
            running.Add(node);
        }
    }

    /// <summary>Watches through another broker from now on, once it shows what the present witness shows.</summary>
    public async Task TakeWitnessAsync(int broker)
    {
        await UntilAgreedAsync([broker, watch.Witness]);
        watch.MoveTo(broker);
        await watch.NextAsync(CancellationToken.None);
    }

    /// <summary>Waits until the witness shows it.</summary>
    public Task UntilAsync(string awaited, Func<ClusterView, bool> isSo) => UntilAsync(awaited, () => isSo(watch.View));

    /// <summary>Waits until every replica of these partitions is in sync; of all when none is named.</summary>
    public Task UntilWholeAsync(params string[] partitions) =>
        UntilAsync(
            "all replicas are in sync",
            view => (partitions.Length == 0 ? view.Partitions.Keys : partitions).All(
                name => view.Partitions.TryGetValue(name, out var partition) && partition.IsWhole));

    /// <summary>
    /// Waits until the controller, asked from now on, says that a reassignment is over, or that it is not.
    /// </summary>
    public Task UntilMovingAsync(string partition, bool moving)
    {
        var since = watch.RoundsBegun;
        return UntilAsync(
            $"{partition} {(moving ? "moves" : "has moved")}",
            () => watch.RoundAnswered > since && watch.Moving.ContainsKey(partition) == moving);
    }

    /// <summary>Waits until a partition has moved, and is in sync on these brokers and no other.</summary>
    public async Task UntilOnAsync(string partition, params int[] replicas)
    {
        await UntilMovingAsync(partition, moving: false);
        await UntilAsync(
            $"{partition} is on {PartitionView.Ids(replicas)}",
            view => view[partition].IsWhole && view[partition].Replicas.SequenceEqual(replicas));
    }

    /// <summary>Lets the cluster be, to see that nothing more happens, or that a time lapses.</summary>
    public Task RestAsync(TimeSpan time) => Task.Delay(time, stage.Time);

    /// <summary>
    /// Measures how long something takes. The band is judged by who compares: the same one for every stage.
    /// </summary>
    public async Task TakesAsync(string what, double fromSeconds, double toSeconds, Func<Task> act)
    {
        var since = Time.GetTimestamp();
        await act();
        var took = Time.GetElapsedTime(since).TotalSeconds;
        History.Add(Band.Lane, new Band(what, fromSeconds, toSeconds, took).ToString());
    }

    /// <summary>Waits until all brokers that run show the same.</summary>
    public async Task AgreeAsync()
    {
        await UntilAgreedAsync([.. running]);
        History.Add("operation", $"brokers {string.Join(", ", running)} show the same");
    }

    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await client.DisposeAsync();
    }

    private async Task UntilAgreedAsync(int[] brokers)
    {
        using var patience = new CancellationTokenSource(Patience, stage.Time);
        while (true)
        {
            var shown = new HashSet<string>();
            foreach (var broker in brokers)
            {
                // A fenced broker is told of by releases that tell of it alone.
                var view = await watch.ReadAsync(broker, patience.Token);
                shown.Add(string.Join('\n', view.Lanes().Where(lane => lane.State != "fenced")));
            }

            if (shown.Count == 1)
            {
                return;
            }

            await watch.NextAsync(patience.Token);
        }
    }

    private async Task UntilAsync(string awaited, Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience, stage.Time);
        try
        {
            while (!isSo())
            {
                await watch.NextAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"not within {Patience.TotalSeconds:0} s: {awaited}");
        }
    }

    private async Task DoAsync(string operation, Func<Task> act)
    {
        History.Add("operation", operation);
        await act();
        History.Add("answer", $"{operation}: done");
    }
}
