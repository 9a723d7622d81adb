using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation;

/// <summary>Reads configs of topics and brokers (DescribeConfigs).</summary>
public sealed class ConfigReader(KafkaClient client)
{
    /// <summary>Topics in one request: the answer stays well below a megabyte.</summary>
    private const int Batch = 500;

    private const sbyte TopicResource = 2;
    private const sbyte BrokerResource = 4;

    /// <summary>ConfigSource: set on the topic itself.</summary>
    private const sbyte DynamicTopic = 1;

    /// <summary>ConfigSource: set dynamically for one broker.</summary>
    private const sbyte DynamicBroker = 2;

    /// <summary>ConfigSource: set dynamically for all brokers.</summary>
    private const sbyte DynamicDefaultBroker = 3;

    private const string MinInsyncReplicas = "min.insync.replicas";

    /// <summary>
    /// Each topic's <c>min.insync.replicas</c>; unknown, with the reason, where the broker that was asked does not
    /// tell.
    /// </summary>
    /// <remarks>
    /// A broker that does not know a topic may lag behind the one that listed it: whether the topic still exists is for
    /// a later reading of the topics to say, not for this one.
    /// </remarks>
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered.</exception>
    internal async Task<Dictionary<string, Observed<int>>> MinIsrAsync(
        IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, Observed<int>>(StringComparer.Ordinal);
        foreach (var batch in topics.Chunk(Batch))
        {
            var response = await client.SendToAnyAsync(
                Request(TopicResource, batch, [MinInsyncReplicas]), cancellationToken);
            foreach (var name in batch)
            {
                values[name] = Observed<int>.Unknown("the broker left it out of its answer");
            }

            foreach (var result in response.Results)
            {
                values[result.ResourceName] = MinIsrOf(result);
            }
        }

        return values;
    }

    /// <summary>The overrides that are set on topics themselves; a topic without any is left out.</summary>
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered, or refused to tell.</exception>
    public async Task<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>> TopicOverridesAsync(
        IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var overrides = NewOverrides();
        foreach (var batch in topics.Chunk(Batch))
        {
            var response = await client.SendToAnyAsync(Request(TopicResource, batch, keys: null), cancellationToken);
            var known = response.Results.Where(result => result.ErrorCode != ErrorCode.UnknownTopicOrPartition);
            foreach (var result in known)
            {
                var doing = $"reading the configs of topic {result.ResourceName}";
                Reading.Require(result.ErrorCode, doing, result.ErrorMessage);
                Add(overrides, result.ResourceName, result.Configs, DynamicTopic);
            }
        }

        return overrides.ToImmutable();
    }

    /// <summary>The dynamic configs of one broker, without the cluster-wide ones.</summary>
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered, or refused to tell.</exception>
    public async Task<ImmutableSortedDictionary<string, string>> BrokerOverridesAsync(
        NodeId broker, Endpoint endpoint, CancellationToken cancellationToken)
    {
        // Kafka lets a broker tell its own configs only.
        var name = broker.ToString();
        var response = await client.SendAsync(endpoint, Request(BrokerResource, [name], keys: null), cancellationToken);
        return OverridesOf(response, name, DynamicBroker);
    }

    /// <summary>The dynamic configs that hold for all brokers.</summary>
    /// <exception cref="Kafka.Errors.KafkaException">Nobody answered, or refused to tell.</exception>
    public async Task<ImmutableSortedDictionary<string, string>> ClusterOverridesAsync(
        CancellationToken cancellationToken) =>
        OverridesOf(
            await client.SendToAnyAsync(Request(BrokerResource, [""], keys: null), cancellationToken),
            "",
            DynamicDefaultBroker);

    private static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Builder
        NewOverrides() =>
        ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, string>>(
            StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> OverridesOf(
        DescribeConfigsResponse response, string name, sbyte source)
    {
        var overrides = NewOverrides();
        foreach (var result in response.Results)
        {
            Reading.Require(result.ErrorCode, $"reading the configs of broker {name}", result.ErrorMessage);
            Add(overrides, name, result.Configs, source);
        }

        return overrides.TryGetValue(name, out var found) ? found : ImmutableSortedDictionary<string, string>.Empty;
    }

    private static void Add(
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Builder overrides,
        string name,
        IEnumerable<DescribeConfigsResponse.Config> configs,
        sbyte source)
    {
        var set = Reading.ByName(
            configs.Where(config => config.ConfigSource == source),
            config => config.Name,
            config => config.IsSensitive ? "(sensitive)" : config.Value ?? "");
        if (!set.IsEmpty)
        {
            overrides[name] = set;
        }
    }

    private static Observed<int> MinIsrOf(DescribeConfigsResponse.ResourceResult result)
    {
        if (result.ErrorCode != ErrorCode.None)
        {
            return Observed<int>.Unknown($"{result.ErrorCode} {result.ErrorMessage}");
        }

        var value = result.Configs.FirstOrDefault(config => config.Name == MinInsyncReplicas)?.Value;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minIsr)
            ? Observed<int>.Of(minIsr)
            : Observed<int>.Unknown($"the broker answered '{value}'");
    }

    private static DescribeConfigsRequest Request(sbyte type, IEnumerable<string> names, string[]? keys) => new()
    {
        Resources =
        [
            .. names.Select(name => new DescribeConfigsRequest.Resource
            {
                ResourceType = type,
                ResourceName = name,
                ConfigurationKeys = keys,
            }),
        ],
    };
}
