using System.Text;
using Metamorph.Model;

namespace Metamorph.Nodes.Tests;

public sealed class PropertiesReaderTests
{
    [Theory]
    [InlineData("a=1", "a", "1")]
    [InlineData("  a = 1 ", "a", "1 ")]
    [InlineData("a:1", "a", "1")]
    [InlineData("a 1", "a", "1")]
    [InlineData("a\t:\t1", "a", "1")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("a = = 1", "a", "= 1")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("#no\n!no\na=1", "a", "1")]
    [InlineData("a=1,\\\n    2,\\\n  # 3", "a", "1,2,# 3")]
    [InlineData("a=1\\\\\nb=2", "a", "1\\")]
    [InlineData("a=1\\", "a", "1")]
    [InlineData("a=1\r\nb=2", "b", "2")]
    [InlineData("a=1\rb=2", "b", "2")]
    [InlineData("a\\=b\\ c=1", "a=b c", "1")]
    [InlineData("a=\\t\\n\\u0041\\q", "a", "\t\nAq")]
    [InlineData("a=1\na=2", "a", "2")]
    [InlineData("=1", "", "1")]
    public void The_syntax_is_that_of_Java(string text, string key, string value) =>
        Assert.Equal(value, PropertiesReader.Parse(text)[key]);

    [Theory]
    [InlineData("a=\\u12")]
    [InlineData("a=\\uXYZW")]
    public void A_broken_escape_is_refused_as_Kafka_refuses_it(string text) =>
        Assert.Throws<FormatException>(() => PropertiesReader.Parse(text));

    [Fact]
    public void Bytes_beyond_ASCII_are_Latin_1_to_Kafka_and_stay_readable_in_the_text()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["p"], Encoding.UTF8.GetBytes("# für\na=ü"));

        var properties = PropertiesReader.Read(folder["p"]);

        Assert.Equal("Ã¼", properties["a"]);
        Assert.Equal("# für\na=ü", properties.Text);
    }
}

public sealed class ServerPropertiesTests
{
    private const string Combined =
        """
        process.roles=broker, controller
        node.id=2
        listeners=PLAINTEXT://:9092,CONTROLLER://:9093
        advertised.listeners=PLAINTEXT://b2.example:19092
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@c1.example:9093,2@c2.example:9193
        log.dirs=/d1,/d2
        metadata.log.dir=/m
        """;

    [Fact]
    public void A_combined_node_tells_where_each_of_its_roles_answers()
    {
        var node = PropertiesReader.Parse(Combined);

        Assert.Equal(new NodeId(2), node.NodeId);
        Assert.Equal(new Endpoint("b2.example", 19092), node.BrokerEndpoint);
        Assert.Equal(new Endpoint("c2.example", 9193), node.ControllerEndpoint);
        Assert.True(node.BrokerListener!.IsPlaintext);
        Assert.True(node.ControllerListener!.IsPlaintext);
        Assert.Equal(["/d1", "/d2", "/m"], node.LogDirs);
        Assert.Equal(TimeSpan.FromSeconds(2), node.QuorumFetchTimeout);
        Assert.Equal(new QuorumVoter(new NodeId(1), new Endpoint("c1.example", 9093)), node.QuorumVoters[0]);
        Assert.True(node.IsControlledShutdownEnabled);
    }

    [Theory]
    [InlineData("CONTROLLER://10.0.0.1:9093", "", "10.0.0.1", 9093)]
    [InlineData("CONTROLLER://0.0.0.0:9093", "controller.quorum.voters=7@c:9193", "c", 9193)]
    [InlineData("CONTROLLER://[::]:9093", "advertised.listeners=CONTROLLER://x:9293", "x", 9293)]
    [InlineData("CONTROLLER://:9093", "controller.quorum.voters=8@c:9193", "localhost", 9093)]
    [InlineData("controller://[fe80::1]:9093", "", "fe80::1", 9093)]
    public void A_controller_without_an_address_is_looked_up(string listener, string more, string host, int port) => Assert.Equal(
        new Endpoint(host, port),
        PropertiesReader.Parse(
            $"process.roles=controller\nnode.id=7\nlisteners={listener}\ncontroller.listener.names=CONTROLLER\n{more}").ControllerEndpoint);

    [Fact]
    public void A_controller_has_no_broker_endpoint_and_a_broker_no_controller_endpoint()
    {
        Assert.Null(PropertiesReader.Parse(
            "process.roles=controller\nlisteners=CONTROLLER://:9093\ncontroller.listener.names=CONTROLLER").BrokerEndpoint);
        Assert.Null(PropertiesReader.Parse(
            "process.roles=broker\nlisteners=PLAINTEXT://:9092\ncontroller.listener.names=CONTROLLER").ControllerEndpoint);
    }

    [Theory]
    [InlineData("listeners=CLIENT://a:1,INTERNAL://b:2", "CLIENT:SASL_SSL,INTERNAL:PLAINTEXT", "INTERNAL", "INTERNAL", true)]
    [InlineData("listeners=CLIENT://a:1,INTERNAL://b:2", "CLIENT:PLAINTEXT,INTERNAL:SSL", "INTERNAL", "CLIENT", true)]
    [InlineData("listeners=CLIENT://a:1,INTERNAL://b:2", "CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT", "internal", "INTERNAL", true)]
    [InlineData("listeners=CLIENT://a:1,INTERNAL://b:2", "CLIENT:SSL,INTERNAL:SASL_SSL", "INTERNAL", "INTERNAL", false)]
    [InlineData("listeners=SSL://a:1", "", "", "SSL", false)]
    [InlineData("", "", "", "PLAINTEXT", true)]
    public void The_broker_is_reached_by_a_plaintext_listener_where_there_is_one(
        string listeners, string map, string interBroker, string expected, bool isPlaintext)
    {
        var listener = PropertiesReader.Parse(
            $"process.roles=broker\n{listeners}\nlistener.security.protocol.map={map}\ninter.broker.listener.name={interBroker}").BrokerListener!;

        Assert.Equal(expected, listener.Name);
        Assert.Equal(isPlaintext, listener.IsPlaintext);
    }

    [Fact]
    public void The_older_synonyms_still_count()
    {
        var node = PropertiesReader.Parse("broker.id=4\nlog.dir=/d\ncontroller.quorum.fetch.timeout.ms=5000\ncontrolled.shutdown.enable = False");

        Assert.Equal(new NodeId(4), node.NodeId);
        Assert.Equal(["/d"], node.LogDirs);
        Assert.Equal(TimeSpan.FromSeconds(5), node.QuorumFetchTimeout);
        Assert.False(node.IsControlledShutdownEnabled);
        Assert.True(node.IsZooKeeperMode);
        Assert.True(PropertiesReader.Parse("broker.id=4\nnode.id=5").HasContradictoryIds);
    }
}
