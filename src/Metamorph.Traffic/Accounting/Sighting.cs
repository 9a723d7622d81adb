namespace Metamorph.Traffic.Accounting;

/// <summary>What it means that a consumer has seen a record.</summary>
public enum Sighting
{
    /// <summary>Seen for the first time, after all that its producer sent to the partition before it.</summary>
    First,

    /// <summary>Seen for the first time, at a lower offset than a record that was sent before it, or the other way round.</summary>
    OutOfOrder,

    /// <summary>Seen before at the same offset: the group was rebalanced, the log has it once.</summary>
    Redelivered,

    /// <summary>Seen before at another offset: the log has it twice.</summary>
    Duplicate,

    /// <summary>The checksum does not fit.</summary>
    Corrupt,

    /// <summary>Never sent by this run.</summary>
    Foreign,
}
