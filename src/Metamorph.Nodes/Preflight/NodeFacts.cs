using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>What the files and processes of one node look like before anything is touched.</summary>
internal sealed record NodeFacts
{
    public required NodeOptions Options { get; init; }

    public required bool IsHomeThere { get; init; }

    public required bool IsHomeSymlink { get; init; }

    /// <summary>Null: it leads nowhere.</summary>
    public required string? HomeTarget { get; init; }

    /// <summary>Whether the folder of the symlink lets it be replaced.</summary>
    public required bool CanFlip { get; init; }

    /// <summary>The config with its symlinks resolved, so that one file under two names is one file.</summary>
    public required string ConfigPath { get; init; }

    public required Observed<ServerProperties> Properties { get; init; }

    /// <summary>Why <c>server.out</c> could not be written; null when it can.</summary>
    public required string? LogsFault { get; init; }

    public required Observed<ImmutableArray<int>> Pids { get; init; }

    public static NodeFacts Of(NodeOptions node)
    {
        var home = new HomeLink(node.Home);
        return new NodeFacts
        {
            Options = node,
            IsHomeThere = home.IsSymlink || Path.Exists(node.Home),
            IsHomeSymlink = home.IsSymlink,
            HomeTarget = home.Target,
            CanFlip = Path.GetDirectoryName(node.Home) is { } folder && Libc.MayWrite(folder),
            ConfigPath = Libc.RealPath(node.Config) ?? node.Config,
            Properties = PropertiesOf(node.Config),
            LogsFault = LogsFaultOf(node.Logs),
            Pids = PidsOf(node.Config),
        };
    }

    private static Observed<ServerProperties> PropertiesOf(string config)
    {
        try
        {
            return Observed<ServerProperties>.Of(PropertiesReader.Read(config));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return Observed<ServerProperties>.Unknown(
                e is FileNotFoundException or DirectoryNotFoundException ? "it is not there" : e.Message);
        }
    }

    /// <summary>The driver makes the folder where it is missing, so then its nearest ancestor counts.</summary>
    private static string? LogsFaultOf(string logs)
    {
        var output = Path.Combine(logs, "server.out");
        if (File.Exists(output))
        {
            return Libc.MayWrite(output) ? null : $"{output} may not be written";
        }

        var folder = logs;
        while (!Path.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return !Directory.Exists(folder) ? $"{folder} is no folder"
            : Libc.MayWrite(folder) ? null
            : $"{folder} may not be written";
    }

    private static Observed<ImmutableArray<int>> PidsOf(string config)
    {
        try
        {
            return Observed<ImmutableArray<int>>.Of([.. NodeProcesses.Of(config).Select(process => process.Pid)]);
        }
        catch (IOException e)
        {
            return Observed<ImmutableArray<int>>.Unknown(e.Message);
        }
    }
}
