using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Finds what two nodes share and must not.</summary>
internal static class SharedFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<NodeFacts> nodes) =>
    [
        .. Shared(nodes, node => node.ConfigPath).Select(group => Finding(
            FindingSeverity.Refusal, "config-shared", group, $"config {group.Key}", "a config of its own for each node")),
        .. Shared(nodes.Where(node => IdIn(node) is not null), node => $"{IdIn(node)}")
            .Where(group => group.Select(node => node.ConfigPath).Distinct().Count() > 1)
            .Select(group => Finding(
                FindingSeverity.Refusal, "node-id-claimed-twice", group, $"node.id={group.Key} in {Configs(group)}",
                "an id of its own for each node")),
        .. Shared(nodes, node => node.Options.Home).Select(group => Finding(
            FindingSeverity.Refusal, "home-shared", group, $"home {group.Key}",
            "a symlink of its own for each node: flipping it would change them all")),
        .. Shared(nodes, node => node.Options.Logs).Select(group => Finding(
            FindingSeverity.Warning, "logs-shared", group, $"logs {group.Key}",
            "a folder of its own for each node: what they write cannot be told apart")),
    ];

    private static IEnumerable<IGrouping<string, NodeFacts>> Shared(IEnumerable<NodeFacts> nodes, Func<NodeFacts, string> by) =>
        nodes.GroupBy(by, StringComparer.Ordinal).Where(group => group.Count() > 1);

    private static NodeId? IdIn(NodeFacts node) => node.Properties.Or(null)?.NodeId;

    private static string Configs(IEnumerable<NodeFacts> nodes) =>
        string.Join(", ", nodes.Select(node => node.Options.Config));

    private static Finding Finding(
        FindingSeverity severity, string code, IEnumerable<NodeFacts> nodes, string found, string expected) =>
        new(severity, code, $"nodes {string.Join(", ", nodes.Select(node => node.Options.Id))}", found, expected,
            "correct the cluster file or the nodes' configs");
}
