namespace Metamorph.Sandbox;

/// <summary>Records in and out.</summary>
internal static class DataApis
{
    public static IEnumerable<IApiHandler> All() =>
    [
        new ProduceHandler(),
        new FetchHandler(),
        new ListOffsetsHandler(),
        new OffsetForLeaderEpochHandler(),
        new DeleteRecordsHandler(),
        new DescribeProducersHandler(),
        new DescribeLogDirsHandler(),
    ];
}
