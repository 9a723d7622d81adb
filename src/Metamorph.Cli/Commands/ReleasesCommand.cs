using System.CommandLine;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Cli;

/// <summary><c>metamorph releases path FROM TO</c>: hops, reasons, points of no return.</summary>
internal static class ReleasesCommand
{
    public static Command Build()
    {
        var from = new Argument<string>("FROM") { Description = "The release line that runs, for instance 2.8." };
        var to = new Argument<string>("TO") { Description = "The release line to reach, for instance 4.3." };
        var zooKeeper = new Option<bool>("--zookeeper") { Description = "The cluster is in ZooKeeper mode. Lines before 3.3 always are." };
        var path = new Command("path", "The hops between two release lines.") { from, to, zooKeeper };
        path.SetAction(parsed => Show(LineOf(parsed.GetRequiredValue(from)), LineOf(parsed.GetRequiredValue(to)), parsed.GetValue(zooKeeper)));
        var command = new Command("releases", "What is known of Kafka's releases.") { path };
        CommandTree.NeedsCommand(command, "metamorph releases");
        return command;
    }

    private static int Show(ReleaseLine from, ReleaseLine to, bool zooKeeper)
    {
        var terminal = new Terminal(isJson: false);
        var route = UpgradeRoute.Between(from, to, zooKeeper || from < new ReleaseLine(3, 3));
        if (route.NoWay is { } why)
        {
            throw new CommandException(ExitCode.Refused, why);
        }

        if (route.Hops.IsEmpty)
        {
            terminal.Say($"{from} → {to}: nothing to do");
        }

        foreach (var hop in route.Hops)
        {
            terminal.Say($"{hop.From} → {hop.To}  {(hop.Kind == HopKind.MigrateToKRaft ? "migrate to KRaft" : "roll")}");
            terminal.Say($"    why        {hop.Why}");
            terminal.Say($"    no return  {hop.NoReturn}");
        }

        return ExitCode.Done;
    }

    private static ReleaseLine LineOf(string text) =>
        ReleaseLine.TryParse(text, out var line) ? line :
        KafkaRelease.TryParse(text, out var release) ? release.Line :
        throw new CommandException(ExitCode.BadInput, $"'{text}' is no release line, expected one like 3.9");
}
