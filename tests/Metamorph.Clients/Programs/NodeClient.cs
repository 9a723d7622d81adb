using System.Text.Json;

namespace Metamorph.Clients.Programs;

/// <summary>A client from npm, on Node.js.</summary>
public sealed class NodeClient : IClientUnderTest
{
    private const string Program = "/usr/bin/node";

    private readonly string script;

    private NodeClient(string package, string script)
    {
        this.script = script;
        Name = package;
        var folder = ClientFiles.Path(Path.Combine("node_modules", package));
        ClientFiles.Require(folder, $"the npm package {package}");
        using var about = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "package.json")));
        Version = about.RootElement.GetProperty("version").GetString()!;
    }

    public string Name { get; }

    public string Version { get; }

    public bool IsIdempotent => script == "platformatic";

    public bool GivesUp => script == "platformatic";

    public static NodeClient RequireKafkaJs() => new("kafkajs", "kafkajs");

    public static NodeClient RequirePlatformatic() => new("@platformatic/kafka", "platformatic");

    public ClientCall Producer(ClientTask task) =>
        Call("producer", task.Bootstrap, task.Topic, $"{task.RecordsPerSecond}");

    public ClientCall Consumer(ClientTask task) => Call("consumer", task.Bootstrap, task.Topic, task.Group);

    private ClientCall Call(string side, params string[] arguments) =>
        ClientCall.UntilEnd(Program, [ClientFiles.Path($"{script}-{side}.mjs"), .. arguments], PlainLines.Understand);
}
