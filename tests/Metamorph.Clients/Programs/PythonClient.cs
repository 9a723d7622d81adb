using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Programs;

/// <summary>kafka-python of Debian (python3-kafka), on Debian's own Python.</summary>
public sealed class PythonClient : IClientUnderTest
{
    private const string Program = "/usr/bin/python3";

    private PythonClient(string version) => Version = version;

    public string Name => "kafka-python";

    public string Version { get; }

    public bool IsIdempotent => false;

    public static async Task<PythonClient> RequireAsync()
    {
        ClientFiles.Require(Program, "the Debian package python3");
        var said = await Command.RunAsync(Program, ["-c", "import kafka; print(kafka.__version__)"]);
        if (said.ExitCode != 0)
        {
            Assert.Skip("the Debian package python3-kafka is not here");
        }

        return new PythonClient(said.Output.Trim());
    }

    public ClientCall Producer(ClientTask task) =>
        ClientCall.UntilEnd(
            Program,
            [ClientFiles.Path("kafka_python_producer.py"), task.Bootstrap, task.Topic, $"{task.RecordsPerSecond}"],
            PlainLines.Understand);

    public ClientCall Consumer(ClientTask task) =>
        ClientCall.UntilEnd(
            Program,
            [ClientFiles.Path("kafka_python_consumer.py"), task.Bootstrap, task.Topic, task.Group],
            PlainLines.Understand);
}
