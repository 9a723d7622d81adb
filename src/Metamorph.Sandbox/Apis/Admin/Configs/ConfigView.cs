using System.Collections.Immutable;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>The configs of a topic or broker as one node sees them.</summary>
internal static class ConfigView
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a topic with these overrides has, as the active controller works it out.</summary>
    public static DescribeConfigsResponse.Config[] OfTopicAtController(World world, IReadOnlyDictionary<string, string> overrides) =>
        Answers(world, world.Quorum.Leader!, overrides).OfTopic();

    /// <param name="only">The configs that are wanted; null or empty: all.</param>
    public static DescribeConfigsResponse.Config[] OfTopic(World world, SandboxNode node, string topic, string[]? only) =>
        Answers(world, node, world.Metadata.Configs.Of(ConfigOwner.Topic, topic)).OfTopic(only);

    public static DescribeConfigsResponse.Config[] OfBroker(World world, SandboxNode node) =>
        [.. Answers(world, node, None).OfBroker(), .. Throttles(world, node)];

    /// <summary>What is set for all brokers at run time.</summary>
    public static DescribeConfigsResponse.Config[] OfAllBrokers(World world, SandboxNode node) =>
        Answers(world, node, None).OfDynamicDefault();

    /// <summary>The rates that are told of only where somebody has set them.</summary>
    private static IEnumerable<DescribeConfigsResponse.Config> Throttles(World world, SandboxNode node)
    {
        foreach (var name in ConfigRules.DynamicOnly)
        {
            DescribeConfigsResponse.Synonym[] set =
            [
                .. Layer($"{node.Id}", ConfigOrigin.DynamicBroker),
                .. Layer("", ConfigOrigin.DynamicDefault),
            ];
            if (set is [var first, ..])
            {
                yield return new()
                {
                    Name = name,
                    Value = first.Value,
                    ConfigSource = first.Source,
                    Synonyms = set,
                    ConfigType = (sbyte)ConfigValueType.Long,
                    Documentation = null,
                };
            }

            IEnumerable<DescribeConfigsResponse.Synonym> Layer(string broker, ConfigOrigin origin) =>
                world.Metadata.Configs.Find(ConfigOwner.Broker, broker, name) is { } value
                    ? [new() { Name = name, Value = value, Source = (sbyte)origin }]
                    : [];
        }
    }

    private static ConfigAnswers Answers(World world, SandboxNode node, IReadOnlyDictionary<string, string> topic) =>
        new(node.Life!.Profile.Configs, new ConfigLayers
        {
            Topic = topic,
            DynamicBroker = world.Metadata.Configs.Of(ConfigOwner.Broker, $"{node.Id}"),
            DynamicDefault = world.Metadata.Configs.Of(ConfigOwner.Broker, ""),
            Static = NodeProperties.WithBothIds(world, node),
        });
}
