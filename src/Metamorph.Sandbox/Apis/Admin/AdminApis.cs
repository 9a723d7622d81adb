namespace Metamorph.Sandbox;

/// <summary>What operators and tools ask and change.</summary>
internal static class AdminApis
{
    public static IEnumerable<IApiHandler> All() =>
    [
        new CreateTopicsHandler(),
        new DeleteTopicsHandler(),
        new CreatePartitionsHandler(),
        new UpdateFeaturesHandler(),
        new UnregisterBrokerHandler(),
        new AlterPartitionReassignmentsHandler(),
        new ListPartitionReassignmentsHandler(),
        new ElectLeadersHandler(),
    ];
}
