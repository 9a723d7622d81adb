using System.Globalization;
using System.Text.RegularExpressions;
using Metamorph.Kafka.Errors;
using Metamorph.Kafka.Producing;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Kafka.Routing;
using Metamorph.SideBySide.Watching;

namespace Metamorph.SideBySide.Stories;

/// <content>What is asked over the wire: always of the witness, which passes it on to the controller.</content>
public sealed partial class Play
{
    /// <summary>Some twenty seconds more than a request to a controller ever took here.</summary>
    private const int TimeoutMs = 20_000;

    /// <summary>Creates a topic with these replicas for each partition, and waits until it can be used.</summary>
    public async Task CreateAsync(string topic, params int[][] partitions)
    {
        var placement = string.Join(" ", partitions.Select(PartitionView.Ids));
        await CreateTopicsAsync($"create {topic} {placement}", Placed(topic, partitions));
        await UntilWholeAsync([.. partitions.Select((_, number) => $"{topic}-{number}")]);
    }

    public static CreateTopicsRequest.Topic Placed(string topic, params int[][] partitions) => new()
    {
        Name = topic,
        NumPartitions = -1,
        ReplicationFactor = -1,
        Assignments =
        [
            .. partitions.Select((replicas, number) =>
                new CreateTopicsRequest.ReplicaAssignment { PartitionIndex = number, BrokerIds = replicas }),
        ],
    };

    public Task CreateTopicsAsync(string operation, params CreateTopicsRequest.Topic[] topics) =>
        CreateTopicsAsync(operation, validateOnly: false, topics);

    public async Task CreateTopicsAsync(string operation, bool validateOnly, params CreateTopicsRequest.Topic[] topics)
    {
        History.Add("operation", operation);
        var answer = await AskAsync(new CreateTopicsRequest
        {
            Topics = topics,
            TimeoutMs = TimeoutMs,
            ValidateOnly = validateOnly,
        });
        Answer(operation, answer.Topics.Select(topic => (topic.Name, topic.ErrorCode, topic.ErrorMessage)));
    }

    public async Task DeleteAsync(params string[] topics)
    {
        var operation = $"delete {string.Join(", ", topics)}";
        History.Add("operation", operation);
        var answer = await AskAsync(new DeleteTopicsRequest
        {
            Topics = [.. topics.Select(name => new DeleteTopicsRequest.Topic { Name = name })],
            TimeoutMs = TimeoutMs,
        });
        Answer(operation, answer.Responses.Select(topic => (topic.Name ?? "", topic.ErrorCode, topic.ErrorMessage)));
    }

    /// <summary>Moves a partition to these brokers; null cancels.</summary>
    public async Task ReassignAsync(string topic, int partition, params int[]? replicas)
    {
        var operation = replicas is null
            ? $"cancel the reassignment of {topic}-{partition}"
            : $"reassign {topic}-{partition} to {PartitionView.Ids(replicas)}";
        History.Add("operation", operation);
        var answer = await AskAsync(new AlterPartitionReassignmentsRequest
        {
            TimeoutMs = TimeoutMs,
            Topics =
            [
                new()
                {
                    Name = topic,
                    Partitions = [new() { PartitionIndex = partition, Replicas = replicas }],
                },
            ],
        });
        Answer(operation, answer.Responses
            .SelectMany(found => found.Partitions.Select(
                moved => ($"{found.Name}-{moved.PartitionIndex}", moved.ErrorCode, moved.ErrorMessage)))
            .Prepend(("request", answer.ErrorCode, answer.ErrorMessage)));
    }

    /// <summary>Has preferred leaders elected, or unclean ones; of all partitions when none is named.</summary>
    public async Task ElectAsync(bool unclean, params (string Topic, int Partition)[] partitions)
    {
        var named = partitions.Length == 0
            ? "all"
            : string.Join(", ", partitions.Select(one => $"{one.Topic}-{one.Partition}"));
        var operation = $"elect {(unclean ? "unclean" : "preferred")} leaders of {named}";
        History.Add("operation", operation);
        var answer = await AskAsync(new ElectLeadersRequest
        {
            ElectionType = (sbyte)(unclean ? 1 : 0),
            TimeoutMs = TimeoutMs,
            TopicPartitions = partitions.Length == 0
                ? null
                : [.. partitions.GroupBy(one => one.Topic).Select(topic => new ElectLeadersRequest.ElectionTopic
                {
                    Topic = topic.Key,
                    Partitions = [.. topic.Select(one => one.Partition)],
                }),],
        });
        Answer(operation, answer.ReplicaElectionResults
            .SelectMany(topic => topic.PartitionResult.Select(
                found => ($"{topic.Topic}-{found.PartitionId}", found.ErrorCode, found.ErrorMessage)))
            .Prepend(("request", answer.ErrorCode, null)));
    }

    public Task FeaturesAsync(params (string Feature, short Level)[] levels) =>
        FeaturesAsync(validateOnly: false, 1, levels);

    /// <param name="validateOnly">Only asks.</param>
    /// <param name="kind">1 upgrade, 2 safe downgrade, 3 unsafe downgrade.</param>
    /// <param name="levels">0 deletes.</param>
    /// <returns>Whether it was accepted.</returns>
    public async Task<bool> FeaturesAsync(bool validateOnly, sbyte kind, params (string Feature, short Level)[] levels)
    {
        var verb = kind switch { 1 => "raise", 2 => "lower safely", _ => "lower unsafely" };
        var wanted = string.Join(", ", levels.Select(one => $"{one.Feature} to {one.Level}"));
        var operation = $"{verb}{(validateOnly ? ", only asked:" : "")} {wanted}";
        History.Add("operation", operation);
        var answer = await AskAsync(new UpdateFeaturesRequest
        {
            TimeoutMs = TimeoutMs,
            ValidateOnly = validateOnly,
            FeatureUpdates =
            [
                .. levels.Select(one => new UpdateFeaturesRequest.FeatureUpdate
                {
                    Feature = one.Feature,
                    MaxVersionLevel = one.Level,
                    UpgradeType = kind,
                }),
            ],
        });
        (string, ErrorCode, string?)[] results =
        [
            ("request", answer.ErrorCode, answer.ErrorMessage),
            .. answer.Results.Select(one => (one.Feature, one.ErrorCode, one.ErrorMessage)),
        ];
        Answer(operation, results);
        return results.All(one => one.Item2 == ErrorCode.None);
    }

    public async Task UnregisterAsync(int broker)
    {
        var operation = $"unregister broker {broker}";
        History.Add("operation", operation);
        var answer = await AskAsync(new UnregisterBrokerRequest { BrokerId = broker });
        Answer(operation, [("request", answer.ErrorCode, answer.ErrorMessage)]);
    }

    /// <summary>Sets keys of a topic (2) or a broker (4); a null value deletes.</summary>
    public async Task ConfigureAsync(sbyte kind, string name, params (string Key, string? Value)[] entries)
    {
        var what = string.Join(
            ", ", entries.Select(entry => entry.Value is null ? $"no {entry.Key}" : $"{entry.Key}={entry.Value}"));
        var operation = $"configure {(kind == 2 ? "topic" : "broker")} {name}: {what}";
        History.Add("operation", operation);

        // A broker's own configuration can be changed through that broker only.
        var broker = kind == 4 ? int.Parse(name, CultureInfo.InvariantCulture) : watch.Witness;
        var answer = await AskAsync(broker, new IncrementalAlterConfigsRequest
        {
            Resources =
            [
                new()
                {
                    ResourceType = kind,
                    ResourceName = name,
                    Configs =
                    [
                        .. entries.Select(entry => new IncrementalAlterConfigsRequest.Config
                        {
                            Name = entry.Key,
                            Value = entry.Value,
                            ConfigOperation = (sbyte)(entry.Value is null ? 1 : 0),
                        }),
                    ],
                },
            ],
        });
        Answer(operation, answer.Responses.Select(one => (one.ResourceName, one.ErrorCode, one.ErrorMessage)));
    }

    /// <summary>Writes so many MiB into a partition, each record acknowledged by all in-sync replicas.</summary>
    public async Task ProduceAsync(string topic, int partition, int mebibytes)
    {
        var operation = $"write {mebibytes} MiB to {topic}-{partition}";
        History.Add("operation", operation);
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var producer = new IdempotentProducer(
            client,
            new TopicRouter(client, topic),
            new ProducerOptions { BatchBytes = 128 * 1024 },
            delivery =>
            {
                if (!delivery.IsAcked)
                {
                    failures.Add(delivery.Error!);
                }
            });
        await producer.StartAsync(CancellationToken.None);
        var value = new byte[64 * 1024];
        for (var i = 0; i < mebibytes * 16; i++)
        {
            await producer.AppendAsync(
                new OutgoingRecord(partition, Time.GetUtcNow().ToUnixTimeMilliseconds(), value),
                CancellationToken.None);
        }

        await producer.FlushAsync(CancellationToken.None);
        Assert.Empty(failures);
        History.Add("answer", $"{operation}: all acknowledged");
    }

    private Task<TResponse> AskAsync<TResponse>(IKafkaRequest<TResponse> request)
        where TResponse : IKafkaResponse<TResponse> =>
        AskAsync(watch.Witness, request);

    private Task<TResponse> AskAsync<TResponse>(int broker, IKafkaRequest<TResponse> request)
        where TResponse : IKafkaResponse<TResponse> =>
        client.SendAsync(stage.EndpointOf(broker), request, CancellationToken.None);

    private void Answer(string operation, IEnumerable<(string What, ErrorCode Code, string? Message)> results)
    {
        History.Add("answer", operation + ":");
        foreach (var (what, code, message) in results.OrderBy(result => result.What, StringComparer.Ordinal))
        {
            var words = string.IsNullOrEmpty(message) ? "" : $" \"{message.ReplaceLineEndings(" ")}\"";
            History.Add("answer", Shortened($"- {what}: {code.KafkaName()}{words}"));
        }
    }

    // Names that are refused for their length say the same when they are told shorter.
    private static string Shortened(string words) =>
        LongName().Replace(words, found => $"{found.Value[0]}…({found.Length})");

    [GeneratedRegex(@"(\w)\1{30,}")]
    private static partial Regex LongName();
}
