using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.Capture;

/// <summary>Writes the golden bytes anew: what Kafka's own Java clients and brokers say. Run by <c>./test recapture</c> only.</summary>
public sealed class Recapture(ITestOutputHelper output)
{
    private static readonly string[] Clients = ["3.5.2", "3.9.2", "4.3.1"];

    /// <summary>The broker releases that <c>METAMORPH_RECAPTURE</c> names, with blanks; otherwise all that have files.</summary>
    public static TheoryData<string> Brokers => new(
        Environment.GetEnvironmentVariable("METAMORPH_RECAPTURE") is { Length: > 0 } named ? named.Split(' ') : Clients);

    [Theory(Explicit = true)]
    [MemberData(nameof(Brokers))]
    public async Task Golden_bytes_of_every_client_with_brokers_of(string release)
    {
        KafkaDists.Require(Clients);
        FrameBook? book = null;
        var proxies = new List<RecordingProxy>();
        await using var cluster = await RealCluster.StartAsync(new()
        {
            Release = release,
            Properties = new Dictionary<string, string>
            {
                ["authorizer.class.name"] = "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                ["super.users"] = "User:ANONYMOUS",
            },
            AdvertisedPort = (_, port) =>
            {
                proxies.Add(new RecordingProxy(port, () => book));
                return proxies[^1].Port;
            },
        });

        foreach (var client in Clients)
        {
            book = new FrameBook();
            await new ToolTour(cluster, cluster.Tools(client), output.WriteLine).WalkAsync();
            File.WriteAllText(
                Path.Combine(GoldenFolder(), $"client-{client}-broker-{release}.txt"),
                book.ToText($"Kafka {client} tools speaking to Kafka {release} brokers; see README.md"));
        }

        foreach (var proxy in proxies)
        {
            await proxy.DisposeAsync();
        }
    }

    private static string GoldenFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Metamorph.slnx")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("no Metamorph.slnx above the tests");
        }

        return Directory.CreateDirectory(Path.Combine(root.FullName, "tests", "Metamorph.Kafka.Tests", "Golden")).FullName;
    }
}
