using System.CommandLine;
using System.Text.Json;
using Metamorph.Model.Json;
using Metamorph.Observation;

namespace Metamorph.Cli;

/// <summary><c>metamorph inspect</c>: what the cluster is.</summary>
internal static class InspectCommand
{
    public static Command Build()
    {
        var cluster = CommonOptions.Cluster();
        var format = CommonOptions.Format();
        var releases = CommonOptions.Releases();
        var output = new Option<string?>("--out") { Description = "Also write the whole snapshot to a file.", HelpName = "FILE" };
        var command = new Command("inspect", "What the cluster is: releases, roles, quorum, partitions, disks, health.") { cluster, output, format, releases };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(cluster), parsed.GetValue(output), new Terminal(parsed.GetValue(format) == "json"), parsed.GetValue(releases), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string cluster, string? output, Terminal terminal, string? releases, CancellationToken cancellationToken)
    {
        await using var session = ClusterSession.Open(cluster, releases);
        var snapshot = await session.Observer.ObserveAsync(SnapshotScope.Full, cancellationToken);
        var json = JsonSerializer.Serialize(snapshot, ModelJson.Default.ClusterSnapshot);
        if (output is not null)
        {
            await OutputFile.WriteAsync(output, json, cancellationToken);
        }

        if (terminal.IsJson)
        {
            Terminal.Emit(json);
        }
        else
        {
            terminal.Say(SnapshotText.Of(session.File.Name, snapshot));
        }

        return ExitCode.Done;
    }
}
