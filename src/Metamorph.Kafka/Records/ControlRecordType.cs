namespace Metamorph.Kafka.Records;

/// <summary>What a control batch tells a reader of the log. Its numbers are in the record's key.</summary>
public enum ControlRecordType : short
{
    /// <summary>A transaction's records before this are not to be read.</summary>
    Abort = 0,

    /// <summary>A transaction's records before this hold.</summary>
    Commit = 1,

    /// <summary>A quorum voter became the leader of an epoch (KRaft).</summary>
    LeaderChange = 2,

    /// <summary>A metadata snapshot starts (KRaft).</summary>
    SnapshotHeader = 3,

    /// <summary>A metadata snapshot ends (KRaft).</summary>
    SnapshotFooter = 4,

    /// <summary>The quorum's <c>kraft.version</c> from here on (KIP-853).</summary>
    KRaftVersion = 5,

    /// <summary>The quorum's voters from here on (KIP-853).</summary>
    KRaftVoters = 6,
}
