using System.CommandLine;
using Metamorph.Model;
using Metamorph.Nodes;
using Metamorph.Releases;

namespace Metamorph.Cli;

/// <summary><c>metamorph lint server.properties --to 4.1</c>: will the target read this config as it is meant?</summary>
internal static class LintCommand
{
    private static readonly ReleaseLine Oldest = new(2, 8);

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "A server.properties." };
        var to = new Option<string>("--to") { Description = "The release line that will read it, for instance 4.1.", Required = true };
        var from = new Option<string?>("--from") { Description = "The release line that reads it now; 2.8 when left out." };
        var command = new Command("lint", "What a release will not read as it is meant in a server.properties.") { file, to, from };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var target = LineOf("--to", parsed.GetRequiredValue(to));
            var source = parsed.GetValue(from) is { } text ? LineOf("--from", text) : Oldest;
            var findings = ConfigLint.LintServerProperties(Read(path).Values, source, target, path);
            new Terminal(isJson: false).Say(PlanText.Of([.. findings.OrderByDescending(finding => finding.Severity)]));
            return findings.Any(finding => finding.Severity == FindingSeverity.Refusal) ? ExitCode.Refused : ExitCode.Done;
        });
        return command;
    }

    private static ServerProperties Read(string path)
    {
        try
        {
            return PropertiesReader.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandException(ExitCode.BadInput, $"{path}: {e.Message}");
        }
    }

    private static ReleaseLine LineOf(string option, string text) =>
        ReleaseLine.TryParse(text, out var line) ? line :
        KafkaRelease.TryParse(text, out var release) ? release.Line :
        throw new CommandException(ExitCode.BadInput, $"{option}: '{text}' is no release line, expected one like 4.1");
}
