using System.Globalization;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells which values are in force, and why (KIP-133, KIP-226; API key 32).</summary>
/// <remarks>What a node was started with only that node knows, so it answers for no other.</remarks>
internal sealed class DescribeConfigsHandler : ApiHandler<DescribeConfigsRequest, DescribeConfigsResponse>
{
    /// <summary>Of one node: a few topics and itself. Where there are many topics, keeping them all would cost more than working them out.</summary>
    private const int MostKept = 16;

    private const sbyte FromLogger = 6;
    private const sbyte FromClientMetrics = 7;
    private const sbyte FromGroup = 8;
    private const sbyte FromDefault = 5;

    protected override void Handle(DescribeConfigsRequest request, Call<DescribeConfigsResponse> call, World world)
    {
        var isAnyUnknown = Array.Exists(
            request.Resources, resource => !ConfigPreflight.IsKnown(call.Node, (ConfigOwner)resource.ResourceType));
        call.Answer(new()
        {
            Results = [.. request.Resources.Select(resource => isAnyUnknown
                ? Failed(resource, new(
                    ErrorCode.InvalidRequest, $"Unexpected resource type UNKNOWN for resource {resource.ResourceName}"))
                : Describe(resource, request.IncludeSynonyms, call, world))],
        });
    }

    /// <summary>
    /// What is told of a resource stays the same until some config changes, and clients ask for it over and over. All
    /// topics that override nothing are told the same.
    /// </summary>
    private static DescribeConfigsResponse.ResourceResult Describe(
        DescribeConfigsRequest.Resource resource, bool includeSynonyms, Call call, World world)
    {
        var owner = (ConfigOwner)resource.ResourceType;
        if (owner != ConfigOwner.Broker && (owner != ConfigOwner.Topic || FindTopic(resource.ResourceName, call, world) is null))
        {
            return WorkOut(resource, includeSynonyms, call, world);
        }

        var isPlain = owner == ConfigOwner.Topic && world.Metadata.Configs.Of(owner, resource.ResourceName).Count == 0;
        var key = new ConfigsToldKey(owner, isPlain ? "" : resource.ResourceName, includeSynonyms, KeysOf(resource));
        var (told, version) = (call.Life.ConfigsTold, world.Metadata.Configs.Version);
        if (told.TryGetValue(key, out var known) && known.AsOf == version)
        {
            return isPlain ? Renamed(known.Told, resource.ResourceName) : known.Told;
        }

        var result = WorkOut(resource, includeSynonyms, call, world);
        if (result.ErrorCode == ErrorCode.None)
        {
            if (told.Count >= MostKept)
            {
                told.Clear();
            }

            told[key] = (version, result);
        }

        return result;
    }

    private static string? KeysOf(DescribeConfigsRequest.Resource resource) =>
        resource.ConfigurationKeys is { Length: > 0 } keys ? string.Join('\0', keys) : null;

    private static DescribeConfigsResponse.ResourceResult Renamed(DescribeConfigsResponse.ResourceResult told, string name) => new()
    {
        ResourceType = told.ResourceType, ResourceName = name, Configs = told.Configs,
    };

    private static SandboxTopic? FindTopic(string name, Call call, World world) =>
        world.Metadata.FindTopic(name, call.Node.IsBroker ? call.Life.Applied : world.Metadata.End);

    private static DescribeConfigsResponse.ResourceResult WorkOut(
        DescribeConfigsRequest.Resource resource, bool includeSynonyms, Call call, World world)
    {
        var (error, configs) = (ConfigOwner)resource.ResourceType switch
        {
            ConfigOwner.Topic => OfTopic(resource, call, world),
            ConfigOwner.Broker => OfBroker(resource.ResourceName, call.Node, world),
            ConfigOwner.BrokerLogger => OfLogger(resource.ResourceName, call.Node, world),
            ConfigOwner.ClientMetrics when resource.ResourceName.Length == 0 =>
                Refuse("Client metrics subscription name must not be empty"),
            ConfigOwner.ClientMetrics => (ApiError.None, Plain(
                world.Metadata.Configs.Of(ConfigOwner.ClientMetrics, resource.ResourceName), FromClientMetrics)),
            ConfigOwner.Group when resource.ResourceName.Length == 0 => Refuse("Group name must not be empty"),
            ConfigOwner.Group => (ApiError.None, OfGroup(resource.ResourceName, world)),
            _ => throw new InvalidOperationException($"resource type {resource.ResourceType} is not known"),
        };
        return error.IsFailure ? Failed(resource, error) : new()
        {
            ResourceType = resource.ResourceType,
            ResourceName = resource.ResourceName,
            Configs =
            [
                .. configs
                    .Where(config => resource.ConfigurationKeys is not { Length: > 0 } keys || keys.Contains(config.Name))
                    .Select(config => includeSynonyms ? config : WithoutSynonyms(config)),
            ],
        };
    }

    private static (ApiError Error, IEnumerable<DescribeConfigsResponse.Config> Configs) OfTopic(
        DescribeConfigsRequest.Resource resource, Call call, World world)
    {
        if (TopicNames.WhyIllegal(resource.ResourceName) is { } why)
        {
            return (new(ErrorCode.InvalidTopicException, why), []);
        }

        return FindTopic(resource.ResourceName, call, world) is null
            ? (new(ErrorCode.UnknownTopicOrPartition, ""), [])
            : (ApiError.None, ConfigView.OfTopic(world, call.Node, resource.ResourceName, resource.ConfigurationKeys));
    }

    private static (ApiError Error, IEnumerable<DescribeConfigsResponse.Config> Configs) OfBroker(
        string name, SandboxNode node, World world)
    {
        if (name.Length == 0)
        {
            return (ApiError.None, ConfigView.OfAllBrokers(world, node));
        }

        return WhyNotBroker(name, $"expected {node.Id} or empty string, but received {name}", node) is { } why
            ? Refuse(why)
            : (ApiError.None, ConfigView.OfBroker(world, node));
    }

    private static (ApiError Error, IEnumerable<DescribeConfigsResponse.Config> Configs) OfLogger(
        string name, SandboxNode node, World world)
    {
        if (name.Length == 0)
        {
            return Refuse("Broker id must not be empty");
        }

        return WhyNotBroker(name, $"expected {node.Id} but received {name}", node) is { } why
            ? Refuse(why)
            : (ApiError.None, Plain(Loggers.Of(world, node), FromLogger));
    }

    private static string? WhyNotBroker(string name, string mismatch, SandboxNode node) =>
        !int.TryParse(name, CultureInfo.InvariantCulture, out var id) ? $"Broker id must be an integer, but it is: {name}"
            : id != node.Id.Value ? $"Unexpected broker id, {mismatch}" : null;

    private static IEnumerable<DescribeConfigsResponse.Config> OfGroup(string name, World world)
    {
        var set = world.Metadata.Configs.Of(ConfigOwner.Group, name);
        return
        [
            .. Plain(set, FromGroup),
            .. Plain(GroupConfigs.GroupDefaults.Where(config => !set.ContainsKey(config.Key)), FromDefault),
        ];
    }

    private static IEnumerable<DescribeConfigsResponse.Config> Plain(
        IEnumerable<KeyValuePair<string, string>> configs, sbyte source) =>
        configs.Select(config => new DescribeConfigsResponse.Config
        {
            Name = config.Key, Value = config.Value, ConfigSource = source,
        });

    private static DescribeConfigsResponse.Config WithoutSynonyms(DescribeConfigsResponse.Config config) => new()
    {
        Name = config.Name,
        Value = config.Value,
        ReadOnly = config.ReadOnly,
        ConfigSource = config.ConfigSource,
        IsSensitive = config.IsSensitive,
        ConfigType = config.ConfigType,
        Documentation = config.Documentation,
    };

    private static DescribeConfigsResponse.ResourceResult Failed(DescribeConfigsRequest.Resource resource, ApiError error) => new()
    {
        ErrorCode = error.Code,
        ErrorMessage = error.Message,
        ResourceType = resource.ResourceType,
        ResourceName = resource.ResourceName,
    };

    private static (ApiError Error, IEnumerable<DescribeConfigsResponse.Config> Configs) Refuse(string why) =>
        (new(ErrorCode.InvalidRequest, why), []);
}
