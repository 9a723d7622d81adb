using System.Net.Sockets;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Connections;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.RealKafka.Cluster;
using Metamorph.Sandbox;

namespace Metamorph.RealKafka.Profiles;

/// <summary>The sandbox's release profiles against nodes of those releases.</summary>
public sealed class ReleaseProfileTests
{
    private const sbyte TopicResource = 2;
    private const sbyte BrokerResource = 4;

    // Printed in the order of a hash map, another one in each JVM.
    private const string Unordered = "listener.security.protocol.map";

    private static readonly IReadOnlySet<ApiKey> Everything = Enum.GetValues<ApiKey>().ToHashSet();

    private static readonly Dictionary<string, string> DynamicBroker = new() { ["log.retention.ms"] = "1000000" };
    private static readonly Dictionary<string, string> DynamicDefault = new() { ["log.cleaner.threads"] = "2", ["message.max.bytes"] = "2000000" };
    private static readonly Dictionary<string, string> OfOrders = new() { ["min.insync.replicas"] = "1", ["cleanup.policy"] = "compact, delete" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("3.5.2")]
    [InlineData("3.9.2")]
    [InlineData("4.3.1")]
    public async Task A_profile_says_of_versions_features_and_configs_what_the_release_does(string release)
    {
        await using var cluster = await RealCluster.StartAsync(new()
        {
            Release = release,
            Layout = ClusterLayout.Combined(1),
            Properties = new Dictionary<string, string> { ["ssl.keystore.password"] = "secret", ["a.plugin.setting"] = "7" },
        });
        var node = cluster[1];
        var profile = ReleaseProfile.Of(KafkaRelease.Parse(release));

        await Assert.MultipleAsync(
            () => SaysTheSameVersionsAsync(profile, ListenerKind.Broker, node.BrokerPort!.Value),
            () => SaysTheSameVersionsAsync(profile, ListenerKind.Controller, node.ControllerPort!.Value),
            () => SaysTheSameConfigsAsync(profile, node));
    }

    private static async Task SaysTheSameVersionsAsync(ReleaseProfile profile, ListenerKind listener, int port)
    {
        var newest = profile.ServedBy(listener)[ApiKey.ApiVersions].Max;
        for (short version = 3; version <= newest; version++)
        {
            var answer = await AskVersionsAsync(port, version);

            Assert.Equal(
                profile.AdvertisedBy(listener, profile, Everything).Select(api => $"{api.Key} {api.Value}"),
                ApiRanges.Of(answer).OrderBy(api => api.Key).Select(api => $"{api.Key} {api.Value}"));
            Assert.Equal(
                profile.FeaturesAdvertisedIn(version).Select(feature => $"{feature.Key} {feature.Value}"),
                answer.SupportedFeatures.OrderBy(feature => feature.Name, StringComparer.Ordinal)
                    .Select(feature => $"{feature.Name} {feature.MinVersion}-{feature.MaxVersion}"));
            Assert.Equal(profile.NamesFinalizedFeatures(listener), answer.FinalizedFeaturesEpoch >= 0);
            Assert.Equal(
                profile.FinalizedByNewCluster.Where(_ => profile.NamesFinalizedFeatures(listener)).Select(level => $"{level.Key} {level.Value}-{level.Value}"),
                answer.FinalizedFeatures.OrderBy(level => level.Name, StringComparer.Ordinal)
                    .Select(level => $"{level.Name} {level.MinVersionLevel}-{level.MaxVersionLevel}"));
        }
    }

    private static async Task SaysTheSameConfigsAsync(ReleaseProfile profile, RealNode node)
    {
        var broker = new Endpoint("127.0.0.1", node.BrokerPort!.Value);
        await using var client = new KafkaClient([broker], new TcpTransport(), new() { RequestTimeout = TimeSpan.FromSeconds(30) }, TimeProvider.System);
        await CreateTopicAsync(client, broker);
        await SetDynamicAsync(client, broker, node.Id);
        var layers = new ConfigLayers
        {
            Static = PropertiesOf(node),
            DynamicBroker = DynamicBroker,
            DynamicDefault = DynamicDefaultsOf(profile),
            Topic = OfOrders,
        };
        var answers = new ConfigAnswers(profile.Configs, layers);

        var seen = await EventuallyDescribeAsync(client, broker, node.Id);

        Assert.Multiple(
            () => AssertSame(answers.OfBroker(), seen[0].Configs),
            () => AssertSame(answers.OfDynamicDefault(), seen[1].Configs),
            () => AssertSame(answers.OfTopic(), seen[2].Configs));
    }

    // With eligible leader replicas the controller writes its min ISR as the cluster's.
    private static Dictionary<string, string> DynamicDefaultsOf(ReleaseProfile profile) =>
        MetadataRules.HasEligibleLeaderReplicas(profile.FinalizedByNewCluster)
            ? new(DynamicDefault) { ["min.insync.replicas"] = "1" }
            : DynamicDefault;

    private static void AssertSame(IEnumerable<DescribeConfigsResponse.Config> said, IEnumerable<DescribeConfigsResponse.Config> real)
    {
        var ours = Lines(said).ToArray();
        var theirs = Lines(real).ToArray();
        string[] differences = [.. theirs.Except(ours).Select(line => $"Kafka:   {line}"), .. ours.Except(theirs).Select(line => $"sandbox: {line}")];
        Assert.True(differences.Length == 0 && ours.Length == theirs.Length, string.Join('\n', differences.Order(StringComparer.Ordinal)));
    }

    private static async Task CreateTopicAsync(KafkaClient client, Endpoint broker)
    {
        var created = await client.SendAsync(
            broker,
            new CreateTopicsRequest
            {
                Topics =
                [
                    new()
                    {
                        Name = "orders",
                        NumPartitions = 1,
                        ReplicationFactor = 1,
                        Configs = [.. OfOrders.Select(value => new CreateTopicsRequest.Config { Name = value.Key, Value = value.Value })],
                    },
                ],
                TimeoutMs = 10_000,
            },
            Cancellation);
        Assert.Equal(ErrorCode.None, Assert.Single(created.Topics).ErrorCode);
    }

    private static async Task SetDynamicAsync(KafkaClient client, Endpoint broker, int id)
    {
        var altered = await client.SendAsync(
            broker,
            new IncrementalAlterConfigsRequest
            {
                Resources = [Of("", DynamicDefault), Of($"{id}", DynamicBroker)],
            },
            Cancellation);

        static IncrementalAlterConfigsRequest.Resource Of(string name, Dictionary<string, string> values) => new()
        {
            ResourceType = BrokerResource,
            ResourceName = name,
            Configs = [.. values.Select(value => new IncrementalAlterConfigsRequest.Config { Name = value.Key, Value = value.Value })],
        };

        Assert.All(altered.Responses, response => Assert.True(response.ErrorCode == ErrorCode.None, response.ErrorMessage));
    }

    // The broker applies what the controller has accepted a moment later, one resource after the other; in between it
    // names a value as the reason that is not in force yet.
    private static async Task<DescribeConfigsResponse.ResourceResult[]> EventuallyDescribeAsync(KafkaClient client, Endpoint broker, int id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var results = (await client.SendAsync(broker, DescribeAll(id), patience.Token)).Results;
            if (results.All(result => result.ErrorCode == ErrorCode.None)
                && DynamicBroker.Concat(DynamicDefault).All(set =>
                    results[0].Configs.Any(config => config.Name == set.Key && config.Value == set.Value)))
            {
                return results;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    private static DescribeConfigsRequest DescribeAll(int id) => new()
    {
        Resources =
        [
            new() { ResourceType = BrokerResource, ResourceName = $"{id}", ConfigurationKeys = null },
            new() { ResourceType = BrokerResource, ResourceName = "", ConfigurationKeys = null },
            new() { ResourceType = TopicResource, ResourceName = "orders", ConfigurationKeys = null },
        ],
        IncludeSynonyms = true,
    };

    private static Dictionary<string, string> PropertiesOf(RealNode node) =>
        File.ReadAllLines(node.Config).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static IEnumerable<string> Lines(IEnumerable<DescribeConfigsResponse.Config> configs) =>
        configs.Where(config => config.Name != Unordered)
            .OrderBy(config => config.Name, StringComparer.Ordinal)
            .Select(config =>
                $"{config.Name} = {config.Value ?? "null"} type {config.ConfigType} source {config.ConfigSource}"
                + $"{(config.ReadOnly ? " read-only" : "")}{(config.IsSensitive ? " sensitive" : "")} "
                + string.Join(' ', config.Synonyms.Select(synonym => $"[{synonym.Source} {synonym.Name} = {synonym.Value ?? "null"}]")));

    // A connection negotiates the newest version; older askers see other features, so they are asked for by hand.
    private static async Task<ApiVersionsResponse> AskVersionsAsync(int port, short version)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, Cancellation);
        var stream = socket.GetStream();
        using var request = Frames.EncodeRequest(
            new ApiVersionsRequest { ClientSoftwareName = "metamorph", ClientSoftwareVersion = "1" }, version, 1, "profiles");
        await stream.WriteAsync(request.Memory, Cancellation);
        var size = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(size, Cancellation);
        var frame = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(size)];
        await stream.ReadExactlyAsync(frame, Cancellation);
        return Frames.DecodeResponse<ApiVersionsResponse>(frame, version);
    }
}
