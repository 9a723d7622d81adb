using Metamorph.Clients.Programs;

namespace Metamorph.Clients.Traffic;

/// <summary>How a client's records fared.</summary>
public sealed record ClientVerdict
{
    public required long Acknowledged { get; init; }

    /// <summary>Acknowledged, and not read where they were said to be.</summary>
    public required long Lost { get; init; }

    /// <summary>The first of the lost: where they should be, and what is there.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Records of which the client told its application that it could not write them.</summary>
    public required long GivenUp { get; init; }

    /// <summary>Further copies in the log.</summary>
    public required long Duplicated { get; init; }

    /// <summary>Records that stand in their partition's log after a later one.</summary>
    public required long OutOfOrder { get; init; }

    /// <summary>Places of the log that the group read again, as it may after a rebalance.</summary>
    public required long Reread { get; init; }

    /// <summary>Places that the group jumped over and read later.</summary>
    public required long ReadBehind { get; init; }

    /// <summary>The longest time between two acknowledgements.</summary>
    public required TimeSpan LongestGap { get; init; }

    /// <summary>Why its processes died by themselves, each time.</summary>
    public required IReadOnlyList<string> Restarts { get; init; }

    public override string ToString() =>
        $"{Acknowledged} acknowledged, {Lost} lost, {GivenUp} given up, {Duplicated} duplicated, "
        + $"{OutOfOrder} out of order, {Reread} read again, {ReadBehind} read late, "
        + $"longest gap {LongestGap.TotalMilliseconds:0} ms"
        + (Restarts.Count == 0 ? "" : $", ended by itself {Restarts.Count} times ({Shortened(Restarts[0])})")
        + (Missing.Count == 0 ? "" : $"; missing: {string.Join(", ", Missing)}");

    /// <summary>What a client promises its users, and did not hold; empty when all is well.</summary>
    public IEnumerable<string> BrokenPromises(IClientUnderTest client)
    {
        var givenUp = client.GivesUp ? 0 : GivenUp;
        var disorder = client.IsIdempotent ? Duplicated + OutOfOrder : 0;
        if (Acknowledged == 0 || Lost + givenUp + ReadBehind + disorder > 0)
        {
            yield return ToString();
        }
    }

    // An error with all its causes runs to pages.
    private static string Shortened(string reason) => reason.Length <= 100 ? reason : reason[..100] + "…";
}
