using System.CommandLine;
using System.Text.Json;
using Metamorph.Kafka.Connections;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Traffic;

namespace Metamorph.Cli;

/// <summary><c>metamorph traffic</c>: producers and consumers that account for every record, until they are stopped.</summary>
internal static class TrafficCommand
{
    public static Command Build()
    {
        var bootstrap = new Option<string>("--bootstrap") { Description = "Brokers to begin with.", HelpName = "HOST:PORT,…", Required = true };
        var topic = new Option<string>("--topic") { Description = "The topic; made if it is not there.", DefaultValueFactory = _ => "metamorph-traffic" };
        var partitions = new Option<int>("--partitions") { Description = "Partitions of a topic that is made.", DefaultValueFactory = _ => 12 };
        var replication = new Option<short>("--replication-factor") { Description = "Replicas of a topic that is made.", DefaultValueFactory = _ => 3 };
        var rate = new Option<double>("--rate") { Description = "Records a second, whether earlier ones were acknowledged or not.", DefaultValueFactory = _ => 500 };
        var size = new Option<int>("--record-bytes") { Description = "The size of a record.", DefaultValueFactory = _ => 256 };
        var producers = new Option<int>("--producers") { Description = "Producers that share the load.", DefaultValueFactory = _ => 1 };
        var consumers = new Option<int>("--consumers") { Description = "Members of the consumer group.", DefaultValueFactory = _ => 1 };
        var group = new Option<string?>("--group") { Description = "The consumer group; one of its own when left out." };
        var duration = new Option<string?>("--duration") { Description = "How long, for instance 5m; until Ctrl-C when left out.", HelpName = "TIME" };
        var format = CommonOptions.Format();
        var command = new Command("traffic", "Producers and consumers that account for every record, for rehearsals on staging.")
        {
            bootstrap, topic, partitions, replication, rate, size, producers, consumers, group, duration, format,
        };
        command.SetAction(parsed => RunAsync(
            new TrafficOptions
            {
                Bootstrap = [.. EndpointsOf(parsed.GetRequiredValue(bootstrap))],
                Topic = parsed.GetValue(topic)!,
                Partitions = parsed.GetValue(partitions),
                ReplicationFactor = parsed.GetValue(replication),
                RecordsPerSecond = parsed.GetValue(rate),
                RecordBytes = parsed.GetValue(size),
                Producers = parsed.GetValue(producers),
                Consumers = parsed.GetValue(consumers),
                Group = parsed.GetValue(group),
                Duration = DurationOf(parsed.GetValue(duration)),
            },
            new Terminal(parsed.GetValue(format) == "json")));
        return command;
    }

    /// <summary>0 when an application would have noticed nothing but time, 3 when it would have.</summary>
    private static async Task<int> RunAsync(TrafficOptions options, Terminal terminal)
    {
        if (options.Validate() is { Count: > 0 } wrong)
        {
            throw new CommandException(ExitCode.BadInput, $"traffic: expected {string.Join("; ", wrong)}");
        }

        using var signals = new StopSignals(time => Terminal.Warn(time == 1
            ? "stopping to produce; waiting for what is on its way"
            : "stopping at once; records on their way stay unaccounted for"));
        var run = new TrafficRun(options, new TcpTransport(), TimeProvider.System, Guid.CreateVersion7());
        var running = run.RunAsync(signals.Halt, signals.Cancel);
        await TrafficText.FollowAsync(run, running, terminal);
        var result = await running;
        if (terminal.IsJson)
        {
            Terminal.Emit(JsonSerializer.Serialize(result, TrafficJson.Default.TrafficResult));
        }
        else
        {
            terminal.Say(TrafficText.Of(result));
        }

        return result.IsClean ? ExitCode.Done : ExitCode.Refused;
    }

    private static IEnumerable<Endpoint> EndpointsOf(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part =>
            EndpointText.TryParse(part, out var endpoint)
                ? endpoint
                : throw new CommandException(ExitCode.BadInput, $"--bootstrap: '{part}', expected host:port"));

    private static TimeSpan? DurationOf(string? text) => text is null
        ? null
        : Wishes.DurationOf(text) ?? throw new CommandException(ExitCode.BadInput, $"--duration: '{text}', expected a time like 5m");
}
