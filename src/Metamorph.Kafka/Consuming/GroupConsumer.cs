using System.Collections.Immutable;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Groups;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Routing;

namespace Metamorph.Kafka.Consuming;

/// <summary>Reads one topic as a member of a consumer group, at least once: what was handed over is committed afterwards.</summary>
/// <remarks>
/// Two clients, because a broker works on a connection's requests one after the other: a heartbeat must not wait behind a
/// fetch that waits for records.
/// </remarks>
/// <param name="fetching">Connections for fetching.</param>
/// <param name="coordinating">Connections for the group's coordinator.</param>
/// <param name="router">The topic, and who leads its partitions.</param>
/// <param name="options">How to take part, and where to begin.</param>
/// <param name="onEvent">Hears of everything; it must be quick and not throw.</param>
public sealed class GroupConsumer(
    KafkaClient fetching, KafkaClient coordinating, TopicRouter router, GroupConsumerOptions options, Action<ConsumerEvent> onEvent)
{
    private readonly GroupMember member = new(coordinating, router, options.Group);
    private readonly TopicFetcher fetcher = new(fetching, router, options.Fetch, onEvent);

    /// <summary>Takes part until cancelled, then commits and leaves, for at most <see cref="GroupConsumerOptions.LeavePatience"/>.</summary>
    /// <remarks>An error that ends it for good is reported as an event; it does not throw.</remarks>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await router.UntilCompleteAsync(stop);
            while (true)
            {
                var membership = await member.JoinAsync(stop);
                onEvent(new ConsumerEvent.Assigned(membership.Partitions));
                await TakePartAsync(membership, stop);
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            await LeaveAsync();
        }
        catch (KafkaException e)
        {
            onEvent(new ConsumerEvent.Failed(ErrorNames.NameOf(e), null));
        }
    }

    /// <summary>One generation: from its assignment to the rebalance that ends it.</summary>
    private async Task TakePartAsync(GroupMembership membership, CancellationToken stop)
    {
        using var generation = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var positions = await PositionsAsync(membership, stop);
        var reading = fetcher.RunAsync(positions, generation.Token);
        try
        {
            await StayAsync(membership, positions, generation.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: what was read is committed below all the same.
        }
        finally
        {
            generation.Cancel();
            await reading;
        }

        using var patience = new CancellationTokenSource(options.LeavePatience, coordinating.Time);
        await TryAsync(() => CommitAsync(membership, positions, patience.Token));
    }

    private async Task<FetchPosition[]> PositionsAsync(GroupMembership membership, CancellationToken cancellationToken)
    {
        if (membership.Partitions.IsEmpty)
        {
            return [];
        }

        var known = options.Start.SetItems(await member.CommittedAsync(membership.Partitions, cancellationToken));
        var unknown = membership.Partitions.Where(partition => !known.ContainsKey(partition)).ToArray();
        known = known.SetItems(await new OffsetReader(fetching, router).StartsAsync(unknown, cancellationToken));
        return [.. membership.Partitions.Select(partition => new FetchPosition(partition, known[partition]))];
    }

    /// <summary>Heartbeats and commits until the generation ends.</summary>
    private async Task StayAsync(GroupMembership membership, FetchPosition[] positions, CancellationToken cancellationToken)
    {
        var time = coordinating.Time;
        var committedAt = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(options.Group.HeartbeatInterval, time, cancellationToken);
            var error = await member.HeartbeatAsync(membership, cancellationToken);
            if (error == ErrorCode.None && time.GetElapsedTime(committedAt) >= options.Group.CommitInterval)
            {
                error = await CommitAsync(membership, positions, cancellationToken);
                committedAt = time.GetTimestamp();
            }

            if (error == ErrorCode.None)
            {
                continue;
            }

            if (error is not (ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId))
            {
                throw new KafkaErrorException(error, $"taking part in the group {options.Group.Group}");
            }

            return;
        }
    }

    private async Task<ErrorCode> CommitAsync(GroupMembership membership, FetchPosition[] positions, CancellationToken cancellationToken) =>
        positions.Length == 0
            ? ErrorCode.None
            : await member.CommitAsync(
                membership, positions.ToImmutableDictionary(position => position.Partition, position => position.Next), cancellationToken);

    private async Task LeaveAsync()
    {
        using var patience = new CancellationTokenSource(options.LeavePatience, coordinating.Time);
        await TryAsync(() => member.LeaveAsync(patience.Token));
    }

    /// <summary>For courtesies: without them records are read twice, or the others wait for the session to end.</summary>
    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is KafkaException or OperationCanceledException)
        {
            // The coordinator is away; nobody depends on it.
        }
    }
}
