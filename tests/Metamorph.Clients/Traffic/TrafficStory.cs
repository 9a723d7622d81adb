using System.Diagnostics;
using Metamorph.Clients.Clusters;
using Metamorph.Clients.Programs;
using Metamorph.Clients.Results;

namespace Metamorph.Clients.Traffic;

/// <summary>Clients that read and write while something is done to their cluster.</summary>
/// <param name="cluster">Where.</param>
/// <param name="topics">Makes the topic of a client.</param>
/// <param name="recordsPerSecond">By each client.</param>
public sealed class TrafficStory(IClusterUnderTest cluster, Func<string, Task> topics, int recordsPerSecond = 100)
{
    // Enough to be in a steady state, and to show that a client goes on afterwards.
    private const int Steady = 50;

    private readonly long since = Stopwatch.GetTimestamp();

    /// <summary>Has all <paramref name="clients"/> at work, does <paramref name="deed"/>, lets them go on a little,
    /// ends them, and judges.</summary>
    /// <param name="tried">The deed in words, for the table.</param>
    public async Task TellAsync(IReadOnlyList<IClientUnderTest> clients, string tried, Func<Task> deed)
    {
        List<ClientTraffic> all = [];
        try
        {
            foreach (var client in clients)
            {
                all.Add(ClientTraffic.Start(client, await PrepareAsync(client)));
            }

            await Task.WhenAll(all.Select(traffic => traffic.FlowAsync(Steady)));
            Say("all clients write and read");
            await deed();
            Say($"done: {tried}");
            await Task.WhenAll(all.Select(traffic => traffic.FlowAsync(Steady)));
            var verdicts = await Task.WhenAll(all.Select(traffic => traffic.EndAsync()));
            Assert.Empty(Judge(all.Zip(verdicts), tried));
        }
        finally
        {
            foreach (var traffic in all)
            {
                await traffic.DisposeAsync();
            }
        }
    }

    private void Say(string words) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s: {words}");

    private async Task<ClientTask> PrepareAsync(IClientUnderTest client)
    {
        var name = $"{client.Name}-{client.Version}";
        var topic = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter)
            || letter == '.' ? letter : '-')).Trim('-');
        await topics(topic);

        // A broker that does not know the topic yet ends kafkajs.
        await ClusterView.UntilKnownAsync(cluster, topic);
        return new ClientTask(
            cluster.Bootstrap, topic, $"group-of-{topic}", recordsPerSecond,
                Directory.CreateDirectory(Path.Combine(cluster.Folder, topic)).FullName);
    }

    private List<string> Judge(IEnumerable<(ClientTraffic Traffic, ClientVerdict Verdict)> ends, string tried)
    {
        List<string> broken = [];
        foreach (var (traffic, verdict) in ends)
        {
            var client = traffic.Client;
            TestContext.Current.TestOutputHelper?.WriteLine($"{client.Name} {client.Version}: {verdict}");
            ResultTable.For(cluster).Put(new ResultRow(client.Name, client.Version, tried, $"{verdict}"));
            var reasons = string.Join('\n', traffic.Ledger.GivenUp.Take(5));
            broken.AddRange(verdict.BrokenPromises(client)
                .Select(promise => $"{client.Name} {client.Version}: {promise}\n{reasons}"));
        }

        return broken;
    }
}
