using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Model;

namespace Metamorph.Kafka.Consuming;

/// <summary>Reads partitions from whoever leads them, one request at a time to each leader, until told to stop.</summary>
/// <param name="client">Connections for fetching alone: a waiting fetch holds up whatever follows on its connection.</param>
/// <param name="router">The topic, and who leads its partitions.</param>
/// <param name="options">Limits.</param>
/// <param name="onEvent">Hears of records, in order within a partition, and of errors; it must be quick and not throw.</param>
internal sealed class TopicFetcher(KafkaClient client, TopicRouter router, FetchOptions options, Action<ConsumerEvent> onEvent)
{
    private readonly Lock guard = new();
    private readonly HashSet<Endpoint> busy = [];

    /// <summary>Reads until cancelled; then returns, and nothing is handed over any more.</summary>
    public async Task RunAsync(IReadOnlyList<FetchPosition> positions, CancellationToken cancellationToken)
    {
        using var alarm = new AlarmClock(client.Time);
        using var stopping = cancellationToken.Register(alarm.Ring);
        var requests = new List<Task>();
        while (!cancellationToken.IsCancellationRequested)
        {
            requests.RemoveAll(request => request.IsCompleted);
            var (ready, nextLook) = TakeReady(positions, router.View);
            requests.AddRange(ready.Select(batch => FetchAsync(batch.Leader, batch.Positions, alarm, cancellationToken)));
            await alarm.WaitAsync(nextLook);
        }

        await Task.WhenAll(requests);
    }

    private (List<(Endpoint Leader, FetchPosition[] Positions)> Ready, TimeSpan? NextLook) TakeReady(
        IReadOnlyList<FetchPosition> positions, TopicView view)
    {
        lock (guard)
        {
            var now = client.Time.GetTimestamp();
            FetchPosition[] idle = [.. positions.Where(position => !position.IsInFlight)];
            FetchPosition[] due = [.. idle.Where(position => position.NotBefore <= now)];
            var ready = due.Where(position => view.EndpointOf(position.Partition) is { } leader && !busy.Contains(leader))
                .GroupBy(position => view.EndpointOf(position.Partition)!)
                .Select(group => (group.Key, group.ToArray()))
                .ToList();
            foreach (var (leader, taken) in ready)
            {
                busy.Add(leader);
                Array.ForEach(taken, position => position.IsInFlight = true);
            }

            return (ready, NextLook(idle, view, now));
        }
    }

    /// <summary>Pauses end by time; a busy leader rings; a missing leader is asked for until there is one.</summary>
    private TimeSpan? NextLook(FetchPosition[] idle, TopicView view, long now)
    {
        var pauses = idle.Where(position => !position.IsInFlight && position.NotBefore > now)
            .Select(position => client.Time.GetElapsedTime(now, position.NotBefore))
            .ToList();
        if (idle.Any(position => view.EndpointOf(position.Partition) is null))
        {
            pauses.Add(Backoff.After(1));
            _ = RefreshAsync();
        }

        return pauses.Count == 0 ? null : pauses.Min();
    }

    private async Task FetchAsync(Endpoint leader, FetchPosition[] positions, AlarmClock alarm, CancellationToken cancellationToken)
    {
        try
        {
            var request = FetchMessages.Request(router.View, options, positions);
            var connection = await client.ConnectAsync(leader, cancellationToken);
            var answer = await connection.SendAsync(request, options.MaxWait + options.AnswerTimeout, cancellationToken);
            await TakeAsync(answer, positions);
        }
        catch (KafkaException e)
        {
            if (!e.IsRetriable)
            {
                onEvent(new ConsumerEvent.Failed(ErrorNames.NameOf(e), null));
            }

            Array.ForEach(positions, Pause);
            await RefreshAsync();
        }
        catch (OperationCanceledException)
        {
            // The partitions are no longer ours to read.
        }
        finally
        {
            lock (guard)
            {
                busy.Remove(leader);
                Array.ForEach(positions, position => position.IsInFlight = false);
            }

            alarm.Ring();
        }
    }

    private async Task TakeAsync(FetchResponse answer, FetchPosition[] positions)
    {
        if (answer.ErrorCode != ErrorCode.None)
        {
            throw new KafkaErrorException(answer.ErrorCode, "fetching");
        }

        var byPartition = positions.ToDictionary(position => position.Partition);
        var isLost = false;
        foreach (var told in answer.Responses.SelectMany(topic => topic.Partitions))
        {
            if (!byPartition.TryGetValue(told.PartitionIndex, out var position))
            {
                continue;
            }

            if (told.ErrorCode == ErrorCode.None)
            {
                Receive(position, told.Records);
            }
            else if (told.ErrorCode == ErrorCode.OffsetOutOfRange)
            {
                await FindPlaceAsync(position);
            }
            else
            {
                isLost |= Refused(position, answer, told);
            }
        }

        if (isLost)
        {
            await RefreshAsync();
        }
    }

    private void Receive(FetchPosition position, ReadOnlyMemory<byte>? bytes)
    {
        try
        {
            var (records, next) = FetchedLog.Read(bytes, position.Next);
            if (next > position.Next)
            {
                onEvent(new ConsumerEvent.Received(position.Partition, records, next));
            }

            position.Next = next;
            position.Failures = 0;
        }
        catch (KafkaException e)
        {
            // Damaged on the way, it may be whole the next time; damaged in the log, it is told each time.
            onEvent(new ConsumerEvent.Failed(ErrorNames.NameOf(e), position.Partition));
            Pause(position);
        }
    }

    /// <returns>Whether to ask who leads now.</returns>
    private bool Refused(FetchPosition position, FetchResponse answer, FetchResponse.Partition told)
    {
        var hint = FetchMessages.LeaderHint(answer, told);
        if (router.Learn(position.Partition, hint.Leader, hint.Endpoint))
        {
            return false;
        }

        if (!told.ErrorCode.IsRetriable())
        {
            onEvent(new ConsumerEvent.Failed(told.ErrorCode.KafkaName(), position.Partition));
        }

        Pause(position);
        return told.ErrorCode.CallsForFreshMetadata();
    }

    /// <summary>The log no longer has, or does not have any more, what was to be read next: tell, and go on with what there is.</summary>
    /// <remarks>Past the end means that the log was cut (an unclean election): its end is where the next record comes.</remarks>
    private async Task FindPlaceAsync(FetchPosition position)
    {
        onEvent(new ConsumerEvent.Failed(ErrorCode.OffsetOutOfRange.KafkaName(), position.Partition));
        using var patience = new CancellationTokenSource(options.AnswerTimeout, client.Time);
        var offsets = new OffsetReader(client, router);
        try
        {
            var start = await offsets.StartsAsync([position.Partition], patience.Token);
            var end = await offsets.EndsAsync([position.Partition], patience.Token);
            position.Next = Math.Clamp(position.Next, start[position.Partition], end[position.Partition]);
        }
        catch (OperationCanceledException)
        {
            Pause(position);
        }
    }

    private void Pause(FetchPosition position)
    {
        position.Failures++;
        var pause = Backoff.After(position.Failures);
        position.NotBefore = client.Time.GetTimestamp() + (long)(pause.TotalSeconds * client.Time.TimestampFrequency);
    }

    private async Task RefreshAsync()
    {
        try
        {
            await router.RefreshAsync(CancellationToken.None);
        }
        catch (KafkaException)
        {
            // Nobody answered: the next round asks again.
        }
    }
}
