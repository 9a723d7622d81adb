using System.Collections.Immutable;
using System.Text.Json;
using Metamorph.Kafka.Client;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;
using Metamorph.Observation;

namespace Metamorph.Execution;

/// <summary>Acts on a cluster over the wire. Any broker forwards to the active controller.</summary>
public sealed class ClusterControl(KafkaClient client) : IClusterControl
{
    private readonly ConfigReader configs = new(client);

    private int TimeoutMs => (int)client.Options.RequestTimeout.TotalMilliseconds;

    public async Task ElectPreferredLeadersAsync(IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var request = new ElectLeadersRequest
        {
            ElectionType = 0, // Preferred; the other type, unclean, is never sent.
            TimeoutMs = TimeoutMs,
            TopicPartitions =
            [
                .. partitions.GroupBy(partition => partition.Topic).Select(topic => new ElectLeadersRequest.ElectionTopic
                {
                    Topic = topic.Key,
                    Partitions = [.. topic.Select(partition => partition.Index)],
                }),
            ],
        };
        var response = await client.SendToAnyAsync(request, cancellationToken);

        // Per partition ELECTION_NOT_NEEDED and PREFERRED_LEADER_NOT_AVAILABLE are normal: the gate looks at who leads.
        if (response.ErrorCode != ErrorCode.None && !response.ErrorCode.IsRetriable())
        {
            throw new ClusterRefusedException($"the preferred election was refused: {response.ErrorCode}");
        }
    }

    public async Task<ImmutableArray<Objection.KafkaRefused>> RaiseFeaturesAsync(
        IReadOnlyDictionary<string, short> levels, bool validateOnly, CancellationToken cancellationToken)
    {
        var request = new UpdateFeaturesRequest
        {
            TimeoutMs = TimeoutMs,
            ValidateOnly = validateOnly,
            FeatureUpdates = [.. levels.Select(level => new UpdateFeaturesRequest.FeatureUpdate { Feature = level.Key, MaxVersionLevel = level.Value })],
        };
        var response = await client.SendToAnyAsync(request, cancellationToken);
        RequireFinal(response.ErrorCode, response.ErrorMessage);
        foreach (var result in response.Results)
        {
            RequireFinal(result.ErrorCode, result.ErrorMessage);
        }

        if (response.ErrorCode != ErrorCode.None)
        {
            // Version 2 has one error for all; Kafka's message names the feature.
            return [new Objection.KafkaRefused(string.Join(", ", levels.Keys), levels.Values.Max(), response.ErrorCode.ToString(), response.ErrorMessage)];
        }

        return
        [
            .. response.Results.Where(result => result.ErrorCode != ErrorCode.None)
                .Select(result => new Objection.KafkaRefused(
                    result.Feature, levels.GetValueOrDefault(result.Feature), result.ErrorCode.ToString(), result.ErrorMessage)),
        ];
    }

    /// <summary>A controller that moves, or is slow, has refused nothing: the question is asked again.</summary>
    private static void RequireFinal(ErrorCode code, string? message)
    {
        if (code != ErrorCode.None && code.IsRetriable())
        {
            throw new KafkaErrorException(code, "raising features", message);
        }
    }

    public async Task UnregisterBrokerAsync(NodeId broker, CancellationToken cancellationToken)
    {
        var response = await client.SendToAnyAsync(new UnregisterBrokerRequest { BrokerId = broker.Value }, cancellationToken);
        if (response.ErrorCode is not (ErrorCode.None or ErrorCode.BrokerIdNotRegistered))
        {
            throw new ClusterRefusedException($"broker {broker} was not unregistered: {response.ErrorCode} {response.ErrorMessage}");
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadDynamicConfigsAsync(CancellationToken cancellationToken)
    {
        var metadata = await client.SendToAnyAsync(
            new MetadataRequest { Topics = null, AllowAutoTopicCreation = false }, cancellationToken);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            Write(json, "cluster", await configs.ClusterOverridesAsync(cancellationToken));
            json.WriteStartObject("brokers");
            foreach (var broker in metadata.Brokers.OrderBy(broker => broker.NodeId))
            {
                var overrides = await configs.BrokerOverridesAsync(
                    new NodeId(broker.NodeId), new Endpoint(broker.Host, broker.Port), cancellationToken);
                Write(json, $"{broker.NodeId}", overrides);
            }

            json.WriteEndObject();
            json.WriteStartObject("topics");
            var names = metadata.Topics.Where(topic => topic.ErrorCode == ErrorCode.None).Select(topic => topic.Name!);
            foreach (var (topic, overrides) in await configs.TopicOverridesAsync(names, cancellationToken))
            {
                Write(json, topic, overrides);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
