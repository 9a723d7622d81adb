using System.Collections.Immutable;
using Metamorph.Model;
using YamlDotNet.Core;

namespace Metamorph.Nodes;

/// <summary>Reads the operator's cluster file (YAML).</summary>
public static class ClusterFile
{
    private static readonly string[] NodeKeys = ["id", "rack", "home", "config", "logs", "driver", "env"];

    /// <summary>Reads and validates the file. Relative paths in it count from its own folder.</summary>
    /// <exception cref="ClusterFileException">It cannot be read or used; the exception holds every mistake in it.</exception>
    public static ClusterFileOptions Read(string path)
    {
        var full = Path.GetFullPath(path);
        string text;
        try
        {
            text = File.ReadAllText(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var found = e is FileNotFoundException or DirectoryNotFoundException
                ? "no such file"
                : Directory.Exists(full) ? "a directory" : $"cannot be read ({e.Message})";
            throw Fail(path, (0, 0), found, "a readable cluster file");
        }

        return Parse(text, path, Path.GetDirectoryName(full)!) with { File = full };
    }

    /// <summary>Reads and validates the text of a cluster file.</summary>
    /// <param name="file">The name that messages show.</param>
    /// <param name="folder">Where relative paths count from.</param>
    /// <exception cref="ClusterFileException">The text cannot be used; the exception holds every mistake in it.</exception>
    public static ClusterFileOptions Parse(string text, string file, string folder)
    {
        var errors = new List<ClusterFileError>();
        var root = new YamlSection(
            new YamlSectionPlace(file, "", errors), RootOf(text, file),
            "cluster", "bootstrap", "releases", "service", "defaults", "nodes", "limits");
        var paths = new PathsFrom(folder);
        var options = new ClusterFileOptions
        {
            File = Path.GetFullPath(file, folder),
            Name = root.RequiredText("cluster", "the cluster's name") ?? "",
            Bootstrap = [.. root.RequiredEndpoints("bootstrap")],
            ReleasesDirectory = paths.Resolve(root.Text("releases")),
            Service = ServiceOf(root, paths),
            Nodes = NodesOf(root, paths),
            Limits = LimitsOf(root),
        };
        return errors.Count == 0
            ? options
            : throw new ClusterFileException([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }

    private static YamlNode.Mapping RootOf(string text, string file)
    {
        const string Expected = "a cluster file with cluster, bootstrap and nodes";
        YamlNode? root;
        try
        {
            root = YamlDocument.Parse(text);
        }
        catch (YamlException e)
        {
            throw Fail(file, PlaceOf(e.Start), $"not YAML ({e.Message})", Expected);
        }

        return root switch
        {
            YamlNode.Mapping mapping => mapping,
            null or YamlNode.Scalar { IsNull: true } => throw Fail(file, (1, 1), "an empty file", Expected),
            _ => throw Fail(file, PlaceOf(root.At), root.Kind, Expected),
        };
    }

    private static ServiceOptions? ServiceOf(YamlSection root, PathsFrom paths)
    {
        if (root.Section("service", "file", "command", "dns") is not { } service)
        {
            return null;
        }

        foreach (var later in service.Keys.Intersect(["command", "dns"]))
        {
            service.Wrong(later, $"'{later}' is not in this version", "file");
        }

        return service.Keys.Contains("command") || service.Keys.Contains("dns")
            ? null
            : paths.Resolve(service.RequiredText("file", "a path")) is { } file ? new ServiceOptions(file) : null;
    }

    private static ImmutableArray<NodeOptions> NodesOf(YamlSection root, PathsFrom paths)
    {
        var defaults = root.Section("defaults", "driver", "env");
        var driver = defaults is null ? null : DriverOf(defaults);
        var env = defaults is null ? ImmutableSortedDictionary<string, string>.Empty : EnvOf(defaults);

        var nodes = ImmutableArray.CreateBuilder<NodeOptions>();
        var lines = new Dictionary<NodeId, int>();
        foreach (var section in root.RequiredSections("nodes", "a list of nodes", NodeKeys))
        {
            var node = new NodeOptions
            {
                Id = IdOf(section, lines) ?? default,
                Rack = section.Text("rack"),
                Driver = DriverOf(section) ?? driver ?? DriverKind.Process,
                Home = paths.Resolve(section.RequiredText("home", "the path of a symlink to the release in use")) ?? "",
                Config = paths.Resolve(section.RequiredText("config", "the path of the node's server.properties")) ?? "",
                Logs = paths.Resolve(section.RequiredText("logs", "the path of a folder for server.out")) ?? "",
                Env = env.SetItems(EnvOf(section)),
            };
            nodes.Add(node);
        }

        return nodes.ToImmutable();
    }

    private static NodeId? IdOf(YamlSection node, Dictionary<NodeId, int> lines)
    {
        const string What = "the node's id, a number from 0 to 2147483647";
        if (node.Number("id", What) is not { } number)
        {
            return null;
        }

        if (number > int.MaxValue)
        {
            node.Wrong("id", $"{number}", What);
            return null;
        }

        var id = new NodeId((int)number);
        if (!lines.TryAdd(id, node.LineOf("id")))
        {
            node.Wrong("id", $"{id} again", $"an id that no other node has (first at line {lines[id]})");
        }

        return id;
    }

    private static DriverKind? DriverOf(YamlSection section)
    {
        var driver = section.Text("driver");
        switch (driver)
        {
            case null:
                return null;
            case "process":
                return DriverKind.Process;
            case "ssh" or "command":
                section.Wrong("driver", $"the driver '{driver}' is not in this version", "process");
                return null;
            default:
                section.Wrong("driver", $"'{driver}'", "process");
                return null;
        }
    }

    private static ImmutableSortedDictionary<string, string> EnvOf(YamlSection section)
    {
        var env = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (section.Section("env") is { } values)
        {
            foreach (var name in values.Keys)
            {
                if (name.Length == 0 || name.Contains('='))
                {
                    values.Wrong(name, $"the name '{name}'", "the name of an environment variable");
                }
                else if (values.TextOrEmpty(name) is { } value)
                {
                    env[name] = value;
                }
            }
        }

        return env.ToImmutable();
    }

    private static LimitOptions LimitsOf(YamlSection root)
    {
        var lags = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        if (root.Section("limits", "groupLag")?.Section("groupLag") is { } groups)
        {
            foreach (var group in groups.Keys)
            {
                if (groups.Number(group, "a number of records") is { } lag)
                {
                    lags[group] = lag;
                }
            }
        }

        return new LimitOptions(lags.ToImmutable());
    }

    private static ClusterFileException Fail(string file, (int Line, int Column) at, string found, string expected) =>
        new([new ClusterFileError(file, at.Line, at.Column, "", found, expected)]);

    private static (int Line, int Column) PlaceOf(Mark mark) => ((int)mark.Line, (int)mark.Column);

    private sealed record PathsFrom(string Folder)
    {
        public string? Resolve(string? path) => path is null ? null : Path.GetFullPath(path, Folder);
    }
}
