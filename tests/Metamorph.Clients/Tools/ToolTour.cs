using Metamorph.Clients.Clusters;
using Metamorph.Clients.Results;

namespace Metamorph.Clients.Tools;

/// <summary>Every tool of one Kafka release once around, with its refusals; the same on real Kafka and on the embedded
/// cluster.</summary>
/// <remarks>Leaves the cluster as it found it, but for two groups' and a transaction's memory.</remarks>
public static class ToolTour
{
    /// <summary>Walks it, writes the table, and fails with all that was not as it should be.</summary>
    public static async Task WalkAsync(IClusterUnderTest cluster, Tool tool)
    {
        // Two at a time: a JVM spends most of its short life on compiling, and two cores are all there are.
        await Task.WhenAll(
            new RecordsTour(cluster, tool).WalkAsync(),
            new PlacementTour(cluster, tool).WalkAsync());
        var table = ResultTable.For(cluster);
        foreach (var deeds in tool.Done.GroupBy(done => done.Tool))
        {
            var tried = string.Join(", ", deeds.Select(done => done.Deed).Distinct());
            var bad = deeds.Where(done => !done.Good).Select(done => done.Deed).Distinct().ToList();
            table.Put(new ResultRow(deeds.Key, tool.Release, tried,
                bad.Count == 0 ? "as expected" : $"differs: {string.Join(", ", bad)}"));
        }

        Assert.True(tool.Complaints.Count == 0, string.Join("\n----\n", tool.Complaints));
    }
}
