namespace Metamorph.Sandbox;

/// <summary>Producer ids and transactions.</summary>
internal static class TransactionApis
{
    public static IEnumerable<IApiHandler> All(World world) =>
    [
        new InitProducerIdHandler(),
        new AddPartitionsToTxnHandler(),
        new AddOffsetsToTxnHandler(),
        new EndTxnHandler(),
        new TxnOffsetCommitHandler(),
        new DescribeTransactionsHandler(),
        new ListTransactionsHandler(),
        new WriteTxnMarkersHandler(),
    ];
}
