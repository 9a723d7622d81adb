namespace Metamorph.Sessions;

/// <summary>A cluster file, or what it points to, is not as it should be: exit code 2, one message, nothing touched.</summary>
public sealed class ClusterFileSessions : IDisposable
{
    private readonly Site site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public Task A_key_with_a_typo_is_named_with_its_place_and_the_one_that_was_meant() =>
        RefusesAsync(site.Edit("orders.yaml", "bootstrap:", "bootstrp:"), """
            orders.yaml:1:1: bootstrap: missing, expected a list of host:port
            orders.yaml:2:1: bootstrp: unknown key 'bootstrp', expected one of cluster, bootstrap, releases, service, defaults, nodes, limits (did you mean 'bootstrap'?)
            """);

    [Fact]
    public Task A_missing_key_of_a_node_is_named_with_the_place_of_the_node() =>
        RefusesAsync(
            site.Edit("orders.yaml", "    home: node-2/kafka\n", ""),
            "orders.yaml:9:5: nodes[1].home: missing, expected the path of a symlink to the release in use");

    [Fact]
    public Task An_id_that_two_nodes_of_the_file_have_is_named_with_both_lines() =>
        RefusesAsync(
            site.Edit("orders.yaml", "id: 3", "id: 1"),
            "orders.yaml:13:9: nodes[2].id: 1 again, expected an id that no other node has (first at line 5)");

    [Fact]
    public Task A_file_that_is_not_there_is_named() =>
        site.RefusesAsync(2, "nowhere.yaml: no such file, expected a readable cluster file", "check", "-c", "nowhere.yaml", "--to", "4.3.1");

    [Fact]
    public Task A_folder_in_place_of_the_file_is_named() =>
        site.RefusesAsync(2, "releases: a directory, expected a readable cluster file", "check", "-c", "releases", "--to", "4.3.1");

    [Fact]
    public async Task A_file_that_is_no_YAML_is_named_with_the_place_where_it_stops_to_be()
    {
        site.Write("orders.yaml", "cluster: orders\nbootstrap: [127.0.0.1:9092\nnodes:\n");
        var before = Fingerprint.Of(site.Folder);

        var session = await Operator.RunAsync(site.Folder, "check", "-c", "orders.yaml", "--to", "4.3.1");

        Assert.Equal(2, session.ExitCode);
        Assert.Matches(@"^metamorph: orders\.yaml:\d+:\d+: not YAML \(.+\), expected a cluster file with cluster, bootstrap and nodes$", session.Error);
        Assert.Equal("", session.Output);
        Assert.Equal(before, Fingerprint.Of(site.Folder));
    }

    [Fact]
    public Task An_empty_file_says_what_belongs_into_it() =>
        RefusesAsync(
            site.Write("orders.yaml", ""), "orders.yaml:1:1: an empty file, expected a cluster file with cluster, bootstrap and nodes");

    [Fact]
    public Task A_bootstrap_address_without_a_port_is_named() =>
        RefusesAsync(
            site.Edit("orders.yaml", $"127.0.0.1:{site.Port}", "broker-1"),
            "orders.yaml:2:13: bootstrap[0]: 'broker-1', expected host:port with a port from 1 to 65535");

    [Fact]
    public Task A_driver_of_a_later_version_is_said_to_be_one() =>
        RefusesAsync(
            site.Edit("orders.yaml", "  - id: 1\n", "  - id: 1\n    driver: ssh\n"),
            "orders.yaml:6:13: nodes[0].driver: the driver 'ssh' is not in this version, expected process");

    [Fact]
    public async Task A_home_that_is_no_symlink_is_named_with_the_way_to_make_it_one()
    {
        site.Remove("node-2/kafka");
        Directory.CreateDirectory(site["node-2/kafka"]);

        await RefusesAsync(site, $"{site["orders.yaml"]}: node 2: {site["node-2/kafka"]} is no symlink, expected a symlink to the release in use. " +
            $"stop the node, move {site["node-2/kafka"]} into the releases directory as kafka_2.13-VERSION, link it from {site["node-2/kafka"]}, start the node");
    }

    [Fact]
    public Task A_home_that_is_not_there_is_named() =>
        RefusesAsync(
            site.Remove("node-2/kafka"),
            $"{site["orders.yaml"]}: node 2: {site["node-2/kafka"]} is not there, expected a symlink to the release in use. ln -s RELEASE {site["node-2/kafka"]}");

    [Fact]
    public async Task A_home_that_leads_nowhere_is_named()
    {
        site.Remove("node-2/kafka");
        File.CreateSymbolicLink(site["node-2/kafka"], "../releases/kafka_2.13-9.9.9");

        await RefusesAsync(
            site,
            $"{site["orders.yaml"]}: node 2: {site["node-2/kafka"]} leads nowhere, expected a symlink to the release in use. ln -sfn RELEASE {site["node-2/kafka"]}");
    }

    [Fact]
    public Task A_node_whose_config_is_of_another_id_is_named_with_both_ids() =>
        RefusesAsync(
            site.Edit("orders.yaml", "id: 3", "id: 7"),
            $"{site["orders.yaml"]}: node 7: {site["node-3/server.properties"]} is of node 3, expected node.id=7. correct id: or config: in the cluster file");

    [Fact]
    public Task An_id_that_two_configs_claim_is_named_with_both() =>
        RefusesAsync(site.Edit("node-3/server.properties", "node.id=3", "node.id=2"), $"""
            {site["orders.yaml"]}: node 3: {site["node-3/server.properties"]} is of node 2, expected node.id=3. correct id: or config: in the cluster file
            {site["orders.yaml"]}: nodes 2, 3: node.id=2 in {site["node-2/server.properties"]}, {site["node-3/server.properties"]}, expected an id of its own for each node. correct the cluster file or the nodes' configs
            """);

    [Fact]
    public Task A_config_that_is_not_there_is_named() =>
        RefusesAsync(
            site.Remove("node-3/server.properties"),
            $"{site["orders.yaml"]}: node 3: {site["node-3/server.properties"]}: it is not there, expected the node's server.properties. " +
            "correct config: in the cluster file, or let Metamorph's user read it");

    [Fact]
    public Task A_config_that_two_nodes_share_is_named() =>
        RefusesAsync(site.Edit("orders.yaml", "node-3/server.properties", "node-2/server.properties"), $"""
            {site["orders.yaml"]}: node 3: {site["node-2/server.properties"]} is of node 2, expected node.id=3. correct id: or config: in the cluster file
            {site["orders.yaml"]}: nodes 2, 3: config {site["node-2/server.properties"]}, expected a config of its own for each node. correct the cluster file or the nodes' configs
            """);

    [Fact]
    public Task A_home_that_two_nodes_share_is_named() =>
        RefusesAsync(
            site.Edit("orders.yaml", "node-3/kafka", "node-2/kafka"),
            $"{site["orders.yaml"]}: nodes 2, 3: home {site["node-2/kafka"]}, expected a symlink of its own for each node: flipping it would change them all. " +
            "correct the cluster file or the nodes' configs");

    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("upgrade", "--yes")]
    public Task Every_command_that_needs_the_machines_holds_the_file_against_them_first(string command, params string[] more) =>
        site.Remove("node-2/kafka").RefusesAsync(
            2,
            $"{site["orders.yaml"]}: node 2: {site["node-2/kafka"]} is not there, expected a symlink to the release in use. ln -s RELEASE {site["node-2/kafka"]}",
            [command, "-c", "orders.yaml", "--to", "4.3.1", .. more]);

    private static Task RefusesAsync(Site site, string message) =>
        site.RefusesAsync(2, message, "check", "-c", "orders.yaml", "--to", "4.3.1");
}
