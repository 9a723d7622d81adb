using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Metamorph.Sessions;

/// <summary>A cluster as it lies on the disk of an operator's machine, with no process: homes, configs, a cluster file.</summary>
internal sealed class Site : IDisposable
{
    private const int Nodes = 3;

    // Bound and not listening: a connection to it is refused, whatever else this machine does.
    private readonly Socket deaf = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Site()
    {
        Folder = Directory.CreateTempSubdirectory("metamorph-session-").FullName;
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Directory.CreateDirectory(this["releases/kafka_2.13-3.9.2"]);
        for (var id = 1; id <= Nodes; id++)
        {
            Write($"node-{id}/server.properties", $"""
                process.roles=broker,controller
                node.id={id}
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:{Port},CONTROLLER://127.0.0.1:{Port}
                log.dirs={this[$"node-{id}/data"]}

                """);
            File.CreateSymbolicLink(this[$"node-{id}/kafka"], "../releases/kafka_2.13-3.9.2");
        }

        Write("orders.yaml", ClusterFile());
    }

    public string Folder { get; }

    /// <summary>Where the cluster should answer, and nobody does.</summary>
    public int Port => ((IPEndPoint)deaf.LocalEndPoint!).Port;

    public string this[string relative] => Path.Combine(Folder, relative);

    public Site Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
        return this;
    }

    /// <summary>Changes a file as a slip of the operator would.</summary>
    public Site Edit(string relative, string from, string to)
    {
        var text = File.ReadAllText(this[relative]);
        Assert.Contains(from, text);
        return Write(relative, text.Replace(from, to, StringComparison.Ordinal));
    }

    public Site Remove(string relative)
    {
        File.Delete(this[relative]);
        return this;
    }

    /// <summary>Runs a command here that must be refused with one message, and must leave everything as it was.</summary>
    public async Task RefusesAsync(int code, string message, params string[] arguments)
    {
        var before = Fingerprint.Of(Folder);

        var session = await Operator.RunAsync(Folder, arguments);

        Assert.Equal($"metamorph: {message}", session.Error);
        Assert.Equal(code, session.ExitCode);
        Assert.Equal("", session.Output);
        Assert.Equal(before, Fingerprint.Of(Folder));
    }

    public void Dispose()
    {
        deaf.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string ClusterFile()
    {
        var yaml = new StringBuilder($"""
            cluster: orders
            bootstrap: [127.0.0.1:{Port}]
            releases: releases
            nodes:

            """);
        for (var id = 1; id <= Nodes; id++)
        {
            yaml.Append($"  - id: {id}\n    home: node-{id}/kafka\n    config: node-{id}/server.properties\n    logs: node-{id}/logs\n");
        }

        return yaml.ToString();
    }
}
