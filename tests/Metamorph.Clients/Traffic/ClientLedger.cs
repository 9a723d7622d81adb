using System.Diagnostics;
using Metamorph.Clients.Programs;

namespace Metamorph.Clients.Traffic;

/// <summary>What one client was told of its records, by both sides, in the order it was heard.</summary>
public sealed class ClientLedger
{
    private readonly Lock gate = new();
    private readonly List<ClientLine.Acknowledged> acknowledged = [];
    private readonly Dictionary<(int Partition, long Offset), long> log = [];
    private readonly Dictionary<int, long> furthest = [];
    private readonly HashSet<long> numbersRead = [];
    private readonly HashSet<(int Partition, long Offset)> unread = [];
    private readonly List<string> givenUp = [];
    private readonly List<string> restarts = [];
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long reread;
    private long readBehind;
    private long lastAcknowledged;
    private TimeSpan longestGap;

    /// <summary>How many records the cluster acknowledged so far.</summary>
    public int AcknowledgedCount => Locked(() => acknowledged.Count);

    /// <summary>How many places of the log were read so far.</summary>
    public int ReadCount => Locked(() => log.Count);

    /// <summary>Why the client gave records up.</summary>
    public IReadOnlyList<string> GivenUp => Locked(() => givenUp.ToArray());

    /// <summary>Whether every place that was acknowledged has been read.</summary>
    public bool IsReadWhole => Locked(() => unread.Count == 0);

    /// <summary>Notes a line.</summary>
    public void Note(ClientLine line)
    {
        TaskCompletionSource told;
        lock (gate)
        {
            Enter(line);
            told = news;
            news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        told.SetResult();
    }

    /// <summary>Waits until <paramref name="holds"/> does, looking again at every line.</summary>
    public async Task UntilAsync(Func<ClientLedger, bool> holds, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Locked(() => news.Task);
            if (holds(this))
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What it comes to.</summary>
    public ClientVerdict Judge()
    {
        lock (gate)
        {
            return new ClientVerdict
            {
                Acknowledged = acknowledged.Count,
                Lost = CountLost(),
                Missing = [.. acknowledged.Where(IsMissing).Take(5).Select(Describe)],
                GivenUp = givenUp.Count,
                Duplicated = log.Count - numbersRead.Count,
                OutOfOrder = CountOutOfOrder(),
                Reread = reread,
                ReadBehind = readBehind,
                LongestGap = longestGap,
                Restarts = [.. restarts],
            };
        }
    }

    private void Enter(ClientLine line)
    {
        switch (line)
        {
            case ClientLine.Acknowledged acknowledgement:
                NoteGap();
                acknowledged.Add(acknowledgement);
                if (acknowledgement.Offset is { } offset && !log.ContainsKey((acknowledgement.Partition, offset)))
                {
                    unread.Add((acknowledgement.Partition, offset));
                }

                break;
            case ClientLine.GaveUp failure:
                givenUp.Add(failure.Reason);
                break;
            case ClientLine.Restarted restart:
                restarts.Add(restart.Reason);
                break;
            case ClientLine.Read read:
                EnterRead(read);
                break;
            default:
                throw new InvalidOperationException($"unknown line {line}");
        }
    }

    private void EnterRead(ClientLine.Read read)
    {
        var place = (read.Partition, read.Offset);
        unread.Remove(place);
        numbersRead.Add(read.Number);
        if (!log.TryAdd(place, read.Number))
        {
            reread++;
            return;
        }

        // A place behind one that was read already, itself not read before: the reader had jumped over it.
        readBehind += furthest.TryGetValue(read.Partition, out var last) && read.Offset < last ? 1 : 0;
        furthest[read.Partition] = Math.Max(read.Offset, furthest.GetValueOrDefault(read.Partition));
    }

    private void NoteGap()
    {
        var now = Stopwatch.GetTimestamp();
        if (acknowledged.Count > 0 && Stopwatch.GetElapsedTime(lastAcknowledged, now) is var gap && gap > longestGap)
        {
            longestGap = gap;
        }

        lastAcknowledged = now;
    }

    // Acknowledged with neither number nor place, as kcat tells a repeated send: some place that nobody else claims
    // must hold it.
    private int CountLost()
    {
        var lost = acknowledged.Count(IsMissing);
        var nameless = acknowledged.Count(one => one.Number is null && one.Offset is null);
        var unclaimed = log.Count - (acknowledged.Count - nameless - lost);
        return lost + Math.Max(0, nameless - unclaimed);
    }

    private bool IsMissing(ClientLine.Acknowledged one) => one switch
    {
        { Offset: { } offset } => !log.TryGetValue((one.Partition, offset), out var there)
            || (one.Number ?? there) != there,
        { Number: { } number } => !numbersRead.Contains(number),
        _ => false,
    };

    private string Describe(ClientLine.Acknowledged one)
    {
        var there = one.Offset is { } offset && log.TryGetValue((one.Partition, offset),
            out var number) ? $"{number}" : "nothing";
        var elsewhere = log.Where(entry => entry.Value == one.Number).Select(entry =>
            $"{entry.Key.Partition}@{entry.Key.Offset}");
        return $"{one.Number} at {one.Partition}@{one.Offset}, where {there} was read "
            + $"(it is at: {string.Join(' ', elsewhere)})";
    }

    // In the log of a partition, a number after a higher one; a second copy is a duplicate and no disorder.
    private int CountOutOfOrder()
    {
        var disorder = 0;
        foreach (var partition in log.GroupBy(entry => entry.Key.Partition))
        {
            var highest = -1L;
            var seen = new HashSet<long>();
            foreach (var (_, number) in partition.OrderBy(entry => entry.Key.Offset))
            {
                disorder += seen.Add(number) && number < highest ? 1 : 0;
                highest = Math.Max(highest, number);
            }
        }

        return disorder;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
