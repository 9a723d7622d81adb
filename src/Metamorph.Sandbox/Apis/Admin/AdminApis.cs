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
        new AlterReplicaLogDirsHandler(),
        new DescribeClusterHandler(),
        new DescribeQuorumHandler(),
        new DescribeTopicPartitionsHandler(),
        new DescribeConfigsHandler(),
        new AlterConfigsHandler(),
        new IncrementalAlterConfigsHandler(),
        new ListConfigResourcesHandler(),
        new DescribeClientQuotasHandler(),
        new AlterClientQuotasHandler(),
        new DescribeUserScramCredentialsHandler(),
        new AlterUserScramCredentialsHandler(),
        new DescribeAclsHandler(),
        new CreateAclsHandler(),
        new DeleteAclsHandler(),
        new DescribeDelegationTokenHandler(),
    ];
}
