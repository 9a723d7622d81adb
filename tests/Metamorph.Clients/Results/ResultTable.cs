using Metamorph.Clients.Clusters;
using Metamorph.Clients.Programs;

namespace Metamorph.Clients.Results;

/// <summary>The Markdown table of what was tried on one kind of cluster: <c>artifacts/clients/KIND.md</c>.</summary>
/// <remarks>A row replaces the earlier one of the same client, version and deed, so runs of single tests add
/// up.</remarks>
public sealed class ResultTable
{
    private static readonly string[] Head = ["| client | version | tried | result |", "| --- | --- | --- | --- |"];

    private readonly string path;

    private ResultTable(string path) => this.path = path;

    public static ResultTable For(IClusterUnderTest cluster) =>
        new(Path.Combine(ClientFiles.Root, "artifacts", "clients", $"{cluster.Kind}.md"));

    public void Put(ResultRow row)
    {
        var key = $"| {row.Client} | {row.Version} | {row.Tried} |";
        var others = File.Exists(path)
            ? File.ReadAllLines(path).Skip(Head.Length).Where(line => !line.StartsWith(key, StringComparison.Ordinal))
            : [];
        string[] rows = [.. others.Append($"{key} {row.Result} |").Order(StringComparer.Ordinal)];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, [.. Head, .. rows]);
    }
}
