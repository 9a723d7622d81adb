using Metamorph.Model;

namespace Metamorph.Nodes.Tests;

public sealed class ClusterFileTests
{
    private const string Good =
        """
        cluster: orders
        bootstrap: [10.0.0.1:9092, '[::1]:9093']
        releases: ../releases
        service:
          file: /etc/kafka/bootstrap.txt
        defaults:
          driver: process
          env: { KAFKA_HEAP_OPTS: -Xmx4g, TZ: UTC }
        limits:
          groupLag: { billing: 1000 }
        nodes:
          - id: 1
            rack: a
            home: kafka-1/kafka
            config: kafka-1/server.properties
            logs: /srv/kafka-1/logs
          - id: 2
            home: /srv/kafka-2/kafka
            config: /srv/kafka-2/server.properties
            logs: /srv/kafka-2/logs
            env: { KAFKA_HEAP_OPTS: -Xmx8g }
        """;

    [Fact]
    public void A_whole_file_is_read_with_its_defaults_merged_and_its_paths_resolved()
    {
        var options = ClusterFile.Parse(Good, "orders.yaml", "/etc/metamorph");

        Assert.Equal("orders", options.Name);
        Assert.Equal([new Endpoint("10.0.0.1", 9092), new Endpoint("::1", 9093)], options.Bootstrap);
        Assert.Equal("/etc/releases", options.ReleasesDirectory);
        Assert.Equal("/etc/kafka/bootstrap.txt", options.Service!.File);
        Assert.Equal(1000, options.Limits.MaxGroupLag["billing"]);
        Assert.Equal([new NodeId(1), new NodeId(2)], options.Nodes.Select(node => node.Id));
        Assert.Equal("a", options.Nodes[0].Rack);
        Assert.Equal("/etc/metamorph/kafka-1/kafka", options.Nodes[0].Home);
        Assert.Equal("/etc/metamorph/kafka-1/server.properties", options.Nodes[0].Config);
        Assert.Equal("-Xmx4g", options.Nodes[0].Env["KAFKA_HEAP_OPTS"]);
        Assert.Equal("-Xmx8g", options.Nodes[1].Env["KAFKA_HEAP_OPTS"]);
        Assert.Equal("UTC", options.Nodes[1].Env["TZ"]);
        Assert.Null(options.Nodes[1].Rack);
    }

    [Fact]
    public void A_misspelt_key_is_told_with_its_place_and_the_key_that_was_meant()
    {
        var errors = ErrorsOf(
            """
            cluster: orders
            bootstrap: [a:1]
            nodes:
              - id: 1
                config: c
                logs: l
                hmoe: h
            """);

        Assert.Contains(
            "orders.yaml:7:5: nodes[0].hmoe: unknown key 'hmoe', expected one of id, rack, home, config, logs, driver, env "
            + "(did you mean 'home'?)",
            errors);
        Assert.Contains(
            "orders.yaml:4:5: nodes[0].home: missing, expected the path of a symlink to the release in use", errors);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file() => Assert.Equal(
        [
            "orders.yaml:1:1: cluster: missing, expected the cluster's name",
            "orders.yaml:1:13: bootstrap[0]: 'a', expected host:port with a port from 1 to 65535",
            "orders.yaml:1:16: bootstrap[1]: 'b:70000', expected host:port with a port from 1 to 65535",
            "orders.yaml:1:25: bootstrap[2]: a section, expected host:port",
            "orders.yaml:2:11: releases: a list, expected text",
            "orders.yaml:4:8: nodes[0].id: 'one', expected the node's id, a number from 0 to 2147483647",
            "orders.yaml:5:8: nodes[1].id: 2147483648, expected the node's id, a number from 0 to 2147483647",
            "orders.yaml:6:3: nodes[2]: 'three', expected a section with id, rack, home, config, logs, driver, env",
            "orders.yaml:7:1: limts: unknown key 'limts', expected one of cluster, bootstrap, releases, service, "
            + "defaults, nodes, limits (did you mean 'limits'?)",
        ],
        ErrorsOf(
            """
            bootstrap: [a, b:70000, {c: 1}]
            releases: [x]
            nodes:
            - {id: one, home: h, config: c, logs: l}
            - {id: 2147483648, home: h, config: c, logs: l}
            - three
            limts: {}
            """));

    [Theory]
    [InlineData("", "orders.yaml:1:1: an empty file, expected a cluster file with cluster, bootstrap and nodes")]
    [InlineData("# only a comment\n", "orders.yaml:1:1: an empty file, expected a cluster file with cluster, bootstrap and nodes")]
    [InlineData("---\n...\n", "orders.yaml:1:1: an empty file, expected a cluster file with cluster, bootstrap and nodes")]
    [InlineData("- a\n- b\n", "orders.yaml:1:1: a list, expected a cluster file with cluster, bootstrap and nodes")]
    [InlineData("just words", "orders.yaml:1:1: 'just words', expected a cluster file with cluster, bootstrap and nodes")]
    public void A_file_that_is_no_cluster_file_is_told_as_such(string text, string error) =>
        Assert.Equal([error], ErrorsOf(text));

    [Theory]
    [InlineData("cluster: [a\nnodes: b: c", 1)]
    [InlineData("cluster: a\n\tnodes: b", 1)]
    [InlineData("cluster: *nobody", 1)]
    [InlineData("cluster: a\n---\ncluster: b", 2)]
    [InlineData("? [a, b]\n: c", 1)]
    public void What_is_not_YAML_is_told_with_its_line(string text, int line)
    {
        var error = Assert.Single(Assert.Throws<ClusterFileException>(() => ClusterFile.Parse(text, "orders.yaml", "/")).Errors);

        Assert.Equal(line, error.Line);
        Assert.StartsWith("not YAML (", error.Found);
    }

    [Fact]
    public void Endless_nesting_is_refused_and_exhausts_no_stack()
    {
        var text = "cluster: " + new string('[', 100_000);

        Assert.Contains("nested deeper", Assert.Single(ErrorsOf(text)));
    }

    [Fact]
    public void A_key_given_twice_is_told_at_its_second_place() => Assert.Equal(
        ["orders.yaml:2:1: cluster: the key 'cluster' again, expected it once (first at line 1)"],
        ErrorsOf("cluster: a\ncluster: b\nbootstrap: [a:1]\nnodes: [{id: 1, home: h, config: c, logs: l}]"));

    [Fact]
    public void An_id_given_to_two_nodes_is_told_at_the_second() => Assert.Equal(
        ["orders.yaml:5:8: nodes[1].id: 1 again, expected an id that no other node has (first at line 4)"],
        ErrorsOf(
            """
            cluster: a
            bootstrap: [a:1]
            nodes:
            - {id: 1, home: h, config: c, logs: l}
            - {id: 1, home: h, config: c, logs: l}
            """));

    [Theory]
    [InlineData("nodes: []", "orders.yaml:3:8: nodes: an empty list, expected a list of nodes")]
    [InlineData("nodes:", "orders.yaml:3:7: nodes: nothing, expected a list of nodes")]
    [InlineData("nodes: {}", "orders.yaml:3:8: nodes: a section, expected a list of nodes")]
    [InlineData("releases: r", "orders.yaml:1:1: nodes: missing, expected a list of nodes")]
    public void A_cluster_without_nodes_is_refused(string nodes, string error) =>
        Assert.Equal([error], ErrorsOf($"cluster: a\nbootstrap: [a:1]\n{nodes}"));

    [Theory]
    [InlineData("defaults: {driver: ssh}", "defaults.driver: the driver 'ssh' is not in this version, expected process")]
    [InlineData("defaults: {driver: command}", "defaults.driver: the driver 'command' is not in this version, expected process")]
    [InlineData("defaults: {driver: kubernetes}", "defaults.driver: 'kubernetes', expected process")]
    [InlineData("service: {dns: a}", "service.dns: 'dns' is not in this version, expected file")]
    [InlineData("service: {}", "service.file: missing, expected a path")]
    [InlineData("limits: {groupLag: {a: -1}}", "limits.groupLag.a: '-1', expected a number of records")]
    [InlineData("limits: {groupLag: {a: 1, b: many}}", "limits.groupLag.b: 'many', expected a number of records")]
    [InlineData("defaults: {env: [A=1]}", "defaults.env: a list, expected a section of NAME: value")]
    [InlineData("defaults: {env: {A: [1]}}", "defaults.env.A: a list, expected text")]
    public void What_this_version_cannot_do_or_read_is_refused_clearly(string extra, string error)
    {
        var only = Assert.Single(ErrorsOf($"cluster: a\nbootstrap: [a:1]\nnodes: [{{id: 1, home: h, config: c, logs: l}}]\n{extra}"));

        Assert.Matches(@"^orders\.yaml:4:\d+: ", only);
        Assert.EndsWith(error, only);
    }

    [Fact]
    public void An_anchor_can_be_used_again()
    {
        var options = ClusterFile.Parse(
            """
            cluster: a
            bootstrap: [a:1]
            nodes:
            - {id: 1, home: h, config: c, logs: l, env: &env {A: "1", B: }}
            - {id: 2, home: h, config: d, logs: l, env: *env}
            """,
            "orders.yaml", "/");

        Assert.Equal("1", options.Nodes[1].Env["A"]);
        Assert.Equal("", options.Nodes[1].Env["B"]);
    }

    [Fact]
    public void A_file_that_is_not_there_or_a_folder_is_told_by_name()
    {
        using var folder = new TempFolder();
        var missing = folder["orders.yaml"];

        Assert.Equal(
            $"{missing}: no such file, expected a readable cluster file",
            Assert.Throws<ClusterFileException>(() => ClusterFile.Read(missing)).Message);
        Assert.Equal(
            $"{folder.Path}: a directory, expected a readable cluster file",
            Assert.Throws<ClusterFileException>(() => ClusterFile.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_file_is_read_from_disk_and_paths_count_from_its_folder()
    {
        using var folder = new TempFolder();
        var file = folder.Write("etc/orders.yaml", Good);

        var options = ClusterFile.Read(file);

        Assert.Equal(file, options.File);
        Assert.Equal(folder["etc/kafka-1/kafka"], options.Nodes[0].Home);
    }

    private static string[] ErrorsOf(string text) =>
        [.. Assert.Throws<ClusterFileException>(() => ClusterFile.Parse(text, "orders.yaml", "/")).Errors.Select(error => $"{error}")];
}
