using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells what can be configured by name (KIP-1142; before 4.1 client metrics alone, KIP-1000; API key 74).</summary>
internal sealed class ListConfigResourcesHandler : ApiHandler<ListConfigResourcesRequest, ListConfigResourcesResponse>
{
    private static readonly ConfigOwner[] All =
        [ConfigOwner.ClientMetrics, ConfigOwner.Topic, ConfigOwner.Group, ConfigOwner.BrokerLogger, ConfigOwner.Broker];

    protected override void Handle(
        ListConfigResourcesRequest request, Call<ListConfigResourcesResponse> call, World world)
    {
        var asked = call.Version == 0 ? [ConfigOwner.ClientMetrics]
            : request.ResourceTypes.Length == 0 ? All
            : request.ResourceTypes.Select(type => (ConfigOwner)type).Distinct().ToArray();
        call.Answer(asked.Except(All).Any()
            ? new() { ErrorCode = ErrorCode.UnsupportedVersion }
            : new()
            {
                ConfigResources =
                    [.. asked.SelectMany(owner => NamesOf(owner, call, world).Select(name => Resource(owner, name)))],
            });
    }

    private static IEnumerable<string> NamesOf(ConfigOwner owner, Call call, World world) => owner switch
    {
        ConfigOwner.Topic => world.Metadata.TopicsAt(call.Life.Applied).Select(topic => topic.Name),
        ConfigOwner.Broker or ConfigOwner.BrokerLogger => world.Metadata.Brokers.AsOf(call.Life.Applied).Keys.Select(id => $"{id}"),
        _ => world.Metadata.Configs.NamesOf(owner),
    };

    private static ListConfigResourcesResponse.ConfigResource Resource(ConfigOwner owner, string name) =>
        new() { ResourceName = name, ResourceType = (sbyte)owner };
}
