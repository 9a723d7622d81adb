using System.Text.Json;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Programs;

/// <summary>Kafka's own client of one release, as <c>kafka-verifiable-producer</c> and
/// <c>kafka-verifiable-consumer</c>.</summary>
public sealed class JavaClient(KafkaDists dists, string release) : IClientUnderTest
{
    // The tool switches retries off, which no application does; the rest is every release's default since 3.0.
    private const string ProducerConfig = """
        retries=2147483647
        enable.idempotence=true
        acks=all
        """;

    public string Name => "Java (kafka-verifiable-*)";

    public string Version => release;

    public bool IsIdempotent => true;

    public static JavaClient Require(string release) => new(KafkaDists.Require(release), release);

    public ClientCall Producer(ClientTask task)
    {
        var config = Path.Combine(task.Folder, "producer.properties");
        File.WriteAllText(config, ProducerConfig);
        return ClientCall.UntilEnd(
            dists.Script(release, "kafka-verifiable-producer.sh"),
            ["--bootstrap-server", task.Bootstrap, "--topic", task.Topic, "--throughput", $"{task.RecordsPerSecond}",
                "--producer.config", config],
            Understand);
    }

    public ClientCall Consumer(ClientTask task) =>
        ClientCall.UntilEnd(
            dists.Script(release, "kafka-verifiable-consumer.sh"),
            ["--bootstrap-server", task.Bootstrap, "--topic", task.Topic, "--group-id", task.Group, 
                "--reset-policy", "earliest",
                "--verbose"],
            Understand);

    private static ClientLine? Understand(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        using var json = JsonDocument.Parse(line);
        var said = json.RootElement;
        return said.GetProperty("name").GetString() switch
        {
            "producer_send_success" =>
                new ClientLine.Acknowledged(Number(said), Partition(said), PlainLines.Place($"{Offset(said)}")),
            "producer_send_error" => new ClientLine.GaveUp(line),
            "record_data" => new ClientLine.Read(Number(said), Partition(said), Offset(said)),
            _ => null,
        };
    }

    private static long Number(JsonElement said) => PlainLines.Whole(said.GetProperty("value").GetString()!);

    private static int Partition(JsonElement said) => said.GetProperty("partition").GetInt32();

    private static long Offset(JsonElement said) => said.GetProperty("offset").GetInt64();
}
