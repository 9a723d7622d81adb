using Metamorph.Model;

namespace Metamorph.Nodes.Tests;

public sealed class NodeCheckTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_is_said_against_nodes_that_can_be_rolled() =>
        Assert.Empty(NodeCheck.Check([Node(1), Node(2)]));

    [Fact]
    public void A_home_that_is_a_folder_is_refused_with_the_way_to_make_it_a_symlink()
    {
        var node = Node(1);
        File.Delete(node.Home);
        Directory.CreateDirectory(node.Home);

        var finding = Only("home-not-a-symlink", node);

        Assert.Equal(FindingSeverity.Refusal, finding.Severity);
        Assert.Equal("node 1", finding.Subject);
        Assert.Equal($"{node.Home} is no symlink", finding.Found);
        Assert.Contains("link it from", finding.Remedy);
    }

    [Fact]
    public void A_home_that_is_not_there_or_leads_nowhere_is_refused()
    {
        var (missing, dangling) = (Node(1), Node(2));
        File.Delete(missing.Home);
        File.Delete(dangling.Home);
        File.CreateSymbolicLink(dangling.Home, folder["gone"]);

        Only("home-missing", missing);
        Only("home-target-missing", dangling);
    }

    [Fact]
    public void A_config_that_is_missing_or_broken_is_refused()
    {
        var (missing, broken) = (Node(1), Node(2, "a=\\u12"));
        File.Delete(missing.Config);

        Assert.EndsWith("it is not there", Only("config-unreadable", missing).Found);
        Only("config-unreadable", broken);
    }

    [Theory]
    [InlineData("process.roles=broker\nnode.id=3", "node-id-differs")]
    [InlineData("process.roles=broker\nbroker.id=3", "node-id-differs")]
    [InlineData("process.roles=broker", "node-id-missing")]
    [InlineData("process.roles=broker\nnode.id=1\nbroker.id=2", "node-ids-contradict")]
    [InlineData("node.id=1", "zookeeper-mode")]
    [InlineData("process.roles=broker\nnode.id=1\ncontrolled.shutdown.enable=false", "controlled-shutdown-disabled")]
    [InlineData("process.roles=broker\nnode.id=1\nlog.dirs=data", "log-dir-relative")]
    [InlineData("process.roles=broker\nnode.id=1\nlisteners=SASL_SSL://:9092", "listener-not-plaintext")]
    public void A_config_that_would_make_the_roll_go_wrong_is_refused(string config, string code) =>
        Assert.Equal(FindingSeverity.Refusal, Only(code, Node(1, config)).Severity);

    [Theory]
    [InlineData("process.roles=broker\nbroker.id=1")]
    [InlineData("process.roles=broker\nnode.id=1\nbroker.id=1")]
    [InlineData("process.roles=controller\nnode.id=1\ncontrolled.shutdown.enable=false")]
    public void A_config_that_is_only_unusual_is_not(string config) => Assert.Empty(NodeCheck.Check([Node(1, config)]));

    [Fact]
    public void Logs_that_cannot_be_written_are_refused()
    {
        var node = Node(1) with { Logs = folder.Write("file", "") };

        Assert.EndsWith("is no folder", Only("logs-not-writable", node).Found);
        Only("logs-not-writable", node with { Logs = Path.Combine(node.Logs, "below") });
        Assert.Empty(NodeCheck.Check([node with { Logs = folder["new/folder"] }]));
    }

    [Fact]
    public void Two_nodes_with_one_config_are_refused_also_under_two_names()
    {
        var node = Node(1);
        File.CreateSymbolicLink(folder["alias"], node.Config);
        var other = Node(2) with { Config = folder["alias"] };

        Assert.Equal(["node-id-differs", "config-shared"], NodeCheck.Check([node, other]).Select(finding => finding.Code));
    }

    [Fact]
    public void Two_configs_that_claim_one_id_are_refused()
    {
        var other = Node(2, "process.roles=broker\nnode.id=1");

        var findings = NodeCheck.Check([Node(1), other]);

        Assert.Equal(["node-id-differs", "node-id-claimed-twice"], findings.Select(finding => finding.Code));
        Assert.Equal("nodes 1, 2", findings[1].Subject);
    }

    [Fact]
    public void Two_nodes_with_one_home_are_refused_and_with_one_log_folder_warned_of()
    {
        var node = Node(1);

        Assert.Equal(
            [("home-shared", FindingSeverity.Refusal), ("logs-shared", FindingSeverity.Warning)],
            NodeCheck.Check([node, Node(2) with { Home = node.Home, Logs = node.Logs }])
                .Select(finding => (finding.Code, finding.Severity)));
    }

    private static Finding Only(string code, NodeOptions node)
    {
        var finding = Assert.Single(NodeCheck.Check([node]));
        Assert.Equal(code, finding.Code);
        return finding;
    }

    private NodeOptions Node(int id, string? config = null)
    {
        Directory.CreateDirectory(folder["release"]);
        var node = new NodeOptions
        {
            Id = new NodeId(id),
            Home = folder[$"node-{id}/kafka"],
            Config = folder.Write($"node-{id}/server.properties", config ?? $"process.roles=broker\nnode.id={id}"),
            Logs = folder[$"node-{id}/logs"],
        };
        File.CreateSymbolicLink(node.Home, folder["release"]);
        return node;
    }
}
