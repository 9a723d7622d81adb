using System.Text.RegularExpressions;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Programs;

/// <summary>kcat of Debian: librdkafka as a program.</summary>
public sealed partial class KcatClient : IClientUnderTest
{
    private const string Program = "/usr/bin/kcat";

    private KcatClient(string version) => Version = version;

    public string Name => "kcat";

    public string Version { get; }

    public bool IsIdempotent => true;

    public static async Task<KcatClient> RequireAsync()
    {
        ClientFiles.Require(Program, "the Debian package kcat");
        var said = (await Command.RunAsync(Program, ["-V"])).Require();
        var versions = Versions().Match(said.Output + said.Error);
        return new KcatClient($"{versions.Groups[1]}, librdkafka {versions.Groups[2]}");
    }

    // Three times -v has every delivery told; no -E would end it at the first error that passes.
    public ClientCall Producer(ClientTask task) =>
        new(Program,
            ["-P", "-b", task.Bootstrap, "-t", task.Topic, "-vvv", "-E", "-X", "enable.idempotence=true",
                "-X", "acks=all"],
            UnderstandDelivery)
        {
            NumbersPerSecond = task.RecordsPerSecond,
        };

    public ClientCall Consumer(ClientTask task) =>
        ClientCall.UntilEnd(
            Program,
            ["-G", task.Group, "-b", task.Bootstrap, "-X", "auto.offset.reset=earliest", "-u", "-E",
                "-f", "read %s %p %o\n", task.Topic],
            PlainLines.Understand);

    private static ClientLine? UnderstandDelivery(string line)
    {
        if (Delivered().Match(line) is { Success: true } place)
        {
            return new ClientLine.Acknowledged(
                Number: null, (int)PlainLines.Whole(place.Groups[1].Value), PlainLines.Place(place.Groups[2].Value));
        }

        return line.Contains("Delivery failed", StringComparison.Ordinal) ? new ClientLine.GaveUp(line) : null;
    }

    [GeneratedRegex(@"Message delivered to partition (\d+) \(offset (-?\d+)\)")]
    private static partial Regex Delivered();

    [GeneratedRegex(@"Version (\S+) \(.*librdkafka (\S+)")]
    private static partial Regex Versions();
}
