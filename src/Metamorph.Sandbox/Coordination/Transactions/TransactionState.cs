namespace Metamorph.Sandbox;

/// <summary>Where a transaction stands; the names are what DescribeTransactions answers.</summary>
internal enum TransactionState
{
    /// <summary>The producer has its id, and has begun nothing.</summary>
    Empty,

    Ongoing,

    /// <summary>It is decided: every partition is told until all have heard it.</summary>
    PrepareCommit,

    /// <inheritdoc cref="PrepareCommit"/>
    PrepareAbort,

    CompleteCommit,

    CompleteAbort,
}
