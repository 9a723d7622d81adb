using System.Collections.Concurrent;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.Kafka.Waiting;
using Metamorph.Model;

namespace Metamorph.Kafka.Producing;

/// <summary>Writes records to one topic with <c>acks=all</c>: each once, and in order within its partition, whatever brokers do meanwhile.</summary>
/// <remarks>
/// A batch whose answer is missing or retriable is sent again with the same sequence, to whoever leads then, until it is
/// acknowledged or the delivery timeout is over. The <see cref="KafkaClient"/> must not be shared with consumers: a broker
/// works on a connection's requests one after the other, and a waiting fetch would hold up what is written.
/// </remarks>
/// <param name="client">Connections for this producer alone.</param>
/// <param name="router">The topic, and who leads its partitions.</param>
/// <param name="options">Limits.</param>
/// <param name="onDelivery">Hears of each record once, on whatever thread the answer came; it must be quick and not throw.</param>
public sealed class IdempotentProducer(
    KafkaClient client, TopicRouter router, ProducerOptions options, Action<Delivery> onDelivery) : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly CancellationTokenSource closing = new();
    private readonly AlarmClock alarm = new(client.Time);
    private readonly ConcurrentDictionary<string, long> retries = new();
    private readonly List<TaskCompletionSource> roomWaiters = [];
    private readonly List<TaskCompletionSource> flushWaiters = [];
    private PartitionQueues queues = null!;
    private Task sending = Task.CompletedTask;
    private Task refreshing = Task.CompletedTask;
    private long producerId;

    /// <summary>Attempts that were repeated without the application noticing, by the name of what went wrong.</summary>
    public IReadOnlyDictionary<string, long> Retries => retries;

    /// <summary>Gets a producer id and begins to send.</summary>
    /// <exception cref="KafkaErrorException">The cluster refuses this producer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var view = await router.UntilCompleteAsync(cancellationToken);
        queues = new PartitionQueues(view.PartitionCount, options, client.Time);
        producerId = await new ProducerIds(client).NextAsync(cancellationToken);
        sending = SendLoopAsync();
    }

    /// <summary>Takes a record; waits for room when too much is undelivered. Called by one caller at a time.</summary>
    /// <remarks>Cancelling leaves the record untaken. Otherwise its delivery is reported, now or later.</remarks>
    public async ValueTask AppendAsync(OutgoingRecord record, CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource room;
            lock (guard)
            {
                closing.Token.ThrowIfCancellationRequested();
                if (queues.TryAppend(record, out var wakes))
                {
                    if (wakes)
                    {
                        alarm.Ring();
                    }

                    return;
                }

                room = WaitIn(roomWaiters);
            }

            await room.OrCancelledAsync(cancellationToken);
        }
    }

    /// <summary>Sends without lingering, and waits until everything taken so far has been delivered, one way or the other.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource delivered;
            lock (guard)
            {
                if (queues.IsEmpty)
                {
                    return;
                }

                queues.IsFlushing = true;
                delivered = WaitIn(flushWaiters);
            }

            alarm.Ring();
            await delivered.OrCancelledAsync(cancellationToken);
        }
    }

    /// <summary>Stops. What is undelivered is reported as failed; flush first to avoid that.</summary>
    public async ValueTask DisposeAsync()
    {
        closing.Cancel();
        alarm.Ring();
        await sending;
        await refreshing;
        alarm.Dispose();
        closing.Dispose();
    }

    private async Task SendLoopAsync()
    {
        var requests = new List<Task>();
        while (!closing.IsCancellationRequested)
        {
            SendPlan plan;
            lock (guard)
            {
                plan = queues.Plan(router.View);
            }

            plan.Expired.ForEach(expired => Deliver(expired, null, expired.Queue.FailureName));
            requests.RemoveAll(request => request.IsCompleted);
            requests.AddRange(plan.Sends.Select(SendAsync));
            if (plan.WantsLeaders)
            {
                AskForLeaders();
            }

            await alarm.WaitAsync(plan.NextLook);
        }

        await Task.WhenAll(requests);
        FailTheRest();
    }

    private async Task SendAsync(LeaderSend send)
    {
        try
        {
            var request = ProduceMessages.Request(router.View, send, producerId, options.RequestTimeout);
            var connection = await client.ConnectAsync(send.Leader, closing.Token);
            var answer = await connection.SendAsync(request, options.RequestTimeout + client.Options.ConnectTimeout, closing.Token);
            Settle(send, answer);
        }
        catch (KafkaException e)
        {
            send.Batches.ForEach(sent => Retry(sent, ErrorNames.NameOf(e), Backoff.After(sent.Batch.Attempts), e.IsRetriable));
            AskForLeaders();
        }
        catch (OperationCanceledException)
        {
            // Closing: the records are failed together with those that were never sent.
        }
        finally
        {
            lock (guard)
            {
                queues.Returned(send.Leader);
            }

            alarm.Ring();
        }
    }

    private void Settle(LeaderSend send, ProduceResponse answer)
    {
        var answers = answer.Responses.SelectMany(topic => topic.PartitionResponses).ToDictionary(partition => partition.Index);
        foreach (var sent in send.Batches)
        {
            if (!answers.TryGetValue(sent.Queue.Partition, out var told))
            {
                Retry(sent, ErrorCode.UnknownServerError.KafkaName(), Backoff.After(sent.Batch.Attempts), isRetriable: true);
                continue;
            }

            switch (told.ErrorCode)
            {
                case ErrorCode.None:
                    Deliver(sent, told.BaseOffset, error: null);
                    break;
                case ErrorCode.DuplicateSequenceNumber:
                    // It is in the log since an earlier attempt, so long ago that the broker forgot the offset.
                    Deliver(sent, firstOffset: null, error: null);
                    break;
                default:
                    Refused(sent, told, ProduceMessages.LeaderHint(answer, told));
                    break;
            }
        }
    }

    private void Refused(SentBatch sent, ProduceResponse.PartitionResponse told, (PartitionLeader Leader, Endpoint? Endpoint) hint)
    {
        // A newer leader that the answer names can be tried at once; without a hint the cluster needs time to tell.
        var isNews = router.Learn(sent.Queue.Partition, hint.Leader, hint.Endpoint);
        if (told.ErrorCode.CallsForFreshMetadata() && !isNews)
        {
            AskForLeaders();
        }

        var pause = isNews ? TimeSpan.Zero : Backoff.After(sent.Batch.Attempts);
        Retry(sent, told.ErrorCode.KafkaName(), pause, told.ErrorCode.IsRetriable());
    }

    private void Retry(SentBatch sent, string error, TimeSpan pause, bool isRetriable)
    {
        if (!isRetriable)
        {
            Deliver(sent, firstOffset: null, error);
            return;
        }

        retries.AddOrUpdate(error, 1, static (_, count) => count + 1);
        lock (guard)
        {
            queues.Retry(sent, pause);
        }
    }

    private void Deliver(SentBatch sent, long? firstOffset, string? error)
    {
        lock (guard)
        {
            queues.Remove(sent, failed: error is not null);
            Wake(roomWaiters);
            if (queues.IsEmpty)
            {
                queues.IsFlushing = false;
                Wake(flushWaiters);
            }
        }

        for (var index = 0; index < sent.Batch.Records.Count; index++)
        {
            onDelivery(new Delivery(sent.Batch.Records[index], firstOffset + index, error));
        }
    }

    /// <summary>Asks once at a time, in the background; the loop is woken when there is an answer.</summary>
    private void AskForLeaders()
    {
        lock (guard)
        {
            if (refreshing.IsCompleted)
            {
                refreshing = RefreshAsync();
            }
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await router.RefreshAsync(closing.Token);
        }
        catch (Exception e) when (e is KafkaException or OperationCanceledException)
        {
            // Nobody answered: the batches that wait for a leader ask again when their pause is over.
        }

        alarm.Ring();
    }

    private void FailTheRest()
    {
        List<SentBatch> rest;
        lock (guard)
        {
            rest = queues.Everything();
        }

        rest.ForEach(batch => Deliver(batch, null, DeliveryErrors.Closed));
    }

    private static TaskCompletionSource WaitIn(List<TaskCompletionSource> waiters)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.Add(waiter);
        return waiter;
    }

    private static void Wake(List<TaskCompletionSource> waiters)
    {
        waiters.ForEach(waiter => waiter.TrySetResult());
        waiters.Clear();
    }
}
