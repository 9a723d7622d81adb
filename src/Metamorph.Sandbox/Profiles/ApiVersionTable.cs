using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>The request versions that each release line serves in KRaft mode, and on which listeners.</summary>
/// <remarks>
/// From <c>validVersions</c>, <c>listeners</c> and <c>latestVersionUnstable</c> of Kafka's message specifications. A
/// row holds from its line on, until the next one. A version that its line still called unstable is left out, for no
/// node says or serves it without <c>unstable.api.versions.enable</c>; so are APIs of ZooKeeper mode.
/// </remarks>
internal static class ApiVersionTable
{
    private static readonly ReleaseLine V33 = new(3, 3);
    private static readonly ReleaseLine V34 = new(3, 4);
    private static readonly ReleaseLine V35 = new(3, 5);
    private static readonly ReleaseLine V36 = new(3, 6);
    private static readonly ReleaseLine V37 = new(3, 7);
    private static readonly ReleaseLine V38 = new(3, 8);
    private static readonly ReleaseLine V39 = new(3, 9);
    private static readonly ReleaseLine V40 = new(4, 0);
    private static readonly ReleaseLine V41 = new(4, 1);
    private static readonly ReleaseLine V42 = new(4, 2);
    private static readonly ReleaseLine V43 = new(4, 3);

    // What a broker sends on to the active controller (ApiKeys.forwardable).
    private static readonly ImmutableHashSet<ApiKey> Forwardable =
    [
        ApiKey.CreateTopics, ApiKey.DeleteTopics, ApiKey.CreateAcls, ApiKey.DeleteAcls, ApiKey.AlterConfigs,
        ApiKey.CreatePartitions, ApiKey.CreateDelegationToken, ApiKey.RenewDelegationToken,
        ApiKey.ExpireDelegationToken, ApiKey.ElectLeaders, ApiKey.IncrementalAlterConfigs,
        ApiKey.AlterPartitionReassignments, ApiKey.ListPartitionReassignments, ApiKey.AlterClientQuotas,
        ApiKey.AlterUserScramCredentials, ApiKey.DescribeQuorum, ApiKey.UpdateFeatures, ApiKey.UnregisterBroker,
        ApiKey.AllocateProducerIds, ApiKey.AddRaftVoter, ApiKey.RemoveRaftVoter,
    ];

    private static readonly Dictionary<ApiKey, Row[]> Rows = new()
    {
        [ApiKey.Produce] =
        [
            Broker(V33, 0, 9), Broker(V37, 0, 10), Broker(V38, 0, 11), Broker(V40, 3, 12), Broker(V41, 3, 13),
        ],
        [ApiKey.Fetch] =
        [
            Both(V33, 0, 13), Both(V35, 0, 15), Both(V37, 0, 16), Both(V39, 0, 17), Both(V40, 4, 17),
            Both(V41, 4, 18),
        ],
        [ApiKey.ListOffsets] =
        [
            Broker(V33, 0, 7), Broker(V35, 0, 8), Broker(V39, 0, 9), Broker(V40, 1, 10), Broker(V42, 1, 11),
        ],
        [ApiKey.Metadata] = [Broker(V33, 0, 12), Broker(V40, 0, 13)],
        [ApiKey.ControlledShutdown] = [Controller(V33, 0, 3), Gone(V40)],
        [ApiKey.OffsetCommit] = [Broker(V33, 0, 8), Broker(V37, 0, 9), Broker(V40, 2, 9), Broker(V42, 2, 10)],
        [ApiKey.OffsetFetch] = [Broker(V33, 0, 8), Broker(V37, 0, 9), Broker(V40, 1, 9), Broker(V42, 1, 10)],
        [ApiKey.FindCoordinator] = [Broker(V33, 0, 4), Broker(V38, 0, 5), Broker(V39, 0, 6)],
        [ApiKey.JoinGroup] = [Broker(V33, 0, 9)],
        [ApiKey.Heartbeat] = [Broker(V33, 0, 4)],
        [ApiKey.LeaveGroup] = [Broker(V33, 0, 5)],
        [ApiKey.SyncGroup] = [Broker(V33, 0, 5)],
        [ApiKey.DescribeGroups] = [Broker(V33, 0, 5), Broker(V40, 0, 6)],
        [ApiKey.ListGroups] = [Broker(V33, 0, 4), Broker(V38, 0, 5)],
        [ApiKey.SaslHandshake] = [Both(V33, 0, 1)],
        [ApiKey.ApiVersions] = [Both(V33, 0, 3), Both(V39, 0, 4)],
        [ApiKey.CreateTopics] = [Both(V33, 0, 7), Both(V40, 2, 7)],
        [ApiKey.DeleteTopics] = [Both(V33, 0, 6), Both(V40, 1, 6)],
        [ApiKey.DeleteRecords] = [Broker(V33, 0, 2)],
        [ApiKey.InitProducerId] = [Broker(V33, 0, 4), Broker(V38, 0, 5)],
        [ApiKey.OffsetForLeaderEpoch] = [Broker(V33, 0, 4), Broker(V40, 2, 4)],
        [ApiKey.AddPartitionsToTxn] = [Broker(V33, 0, 3), Broker(V36, 0, 4), Broker(V38, 0, 5)],
        [ApiKey.AddOffsetsToTxn] = [Broker(V33, 0, 3), Broker(V38, 0, 4)],
        [ApiKey.EndTxn] = [Broker(V33, 0, 3), Broker(V38, 0, 4), Broker(V40, 0, 5)],
        [ApiKey.WriteTxnMarkers] = [Broker(V33, 0, 1), Broker(V40, 1, 1), Broker(V42, 1, 2)],
        [ApiKey.TxnOffsetCommit] = [Broker(V33, 0, 3), Broker(V38, 0, 4), Broker(V40, 0, 5)],
        [ApiKey.DescribeAcls] = [Both(V33, 0, 3), Both(V40, 1, 3)],
        [ApiKey.CreateAcls] = [Both(V33, 0, 3), Both(V40, 1, 3)],
        [ApiKey.DeleteAcls] = [Both(V33, 0, 3), Both(V40, 1, 3)],
        [ApiKey.DescribeConfigs] = [Broker(V33, 0, 4), Both(V37, 0, 4), Both(V40, 1, 4)],
        [ApiKey.AlterConfigs] = [Both(V33, 0, 2)],
        [ApiKey.AlterReplicaLogDirs] = [Broker(V33, 0, 2), Broker(V40, 1, 2)],
        [ApiKey.DescribeLogDirs] = [Broker(V33, 0, 4), Broker(V40, 1, 4), Broker(V43, 1, 5)],
        [ApiKey.SaslAuthenticate] = [Both(V33, 0, 2)],
        [ApiKey.CreatePartitions] = [Both(V33, 0, 3)],
        [ApiKey.CreateDelegationToken] = [Both(V36, 0, 3), Both(V40, 1, 3)],
        [ApiKey.RenewDelegationToken] = [Both(V36, 0, 2), Both(V40, 1, 2)],
        [ApiKey.ExpireDelegationToken] = [Both(V36, 0, 2), Both(V40, 1, 2)],
        [ApiKey.DescribeDelegationToken] = [Both(V36, 0, 3), Both(V40, 1, 3)],
        [ApiKey.DeleteGroups] = [Broker(V33, 0, 2)],
        [ApiKey.ElectLeaders] = [Both(V33, 0, 2)],
        [ApiKey.IncrementalAlterConfigs] = [Both(V33, 0, 1)],
        [ApiKey.AlterPartitionReassignments] = [Both(V33, 0, 0), Both(V41, 0, 1)],
        [ApiKey.ListPartitionReassignments] = [Both(V33, 0, 0)],
        [ApiKey.OffsetDelete] = [Broker(V33, 0, 0)],
        [ApiKey.DescribeClientQuotas] = [Broker(V33, 0, 1)],
        [ApiKey.AlterClientQuotas] = [Both(V33, 0, 1)],
        [ApiKey.DescribeUserScramCredentials] = [Both(V35, 0, 0)],
        [ApiKey.AlterUserScramCredentials] = [Both(V35, 0, 0)],
        [ApiKey.Vote] = [Controller(V33, 0, 0), Controller(V39, 0, 1), Controller(V40, 0, 2)],
        [ApiKey.BeginQuorumEpoch] = [Controller(V33, 0, 0), Controller(V39, 0, 1)],
        [ApiKey.EndQuorumEpoch] = [Controller(V33, 0, 0), Controller(V39, 0, 1)],
        [ApiKey.DescribeQuorum] = [Both(V33, 0, 1), Both(V39, 0, 2)],
        [ApiKey.AlterPartition] = [Controller(V33, 0, 2), Controller(V35, 0, 3), Controller(V40, 2, 3)],
        [ApiKey.UpdateFeatures] = [Both(V33, 0, 1), Both(V40, 0, 2)],
        [ApiKey.Envelope] = [Controller(V33, 0, 0)],
        [ApiKey.FetchSnapshot] = [Controller(V33, 0, 0), Controller(V39, 0, 1)],
        [ApiKey.DescribeCluster] = [Broker(V33, 0, 0), Both(V37, 0, 1), Both(V40, 0, 2)],
        [ApiKey.DescribeProducers] = [Broker(V33, 0, 0)],
        [ApiKey.BrokerRegistration] =
        [
            Controller(V33, 0, 0), Controller(V34, 0, 1), Controller(V37, 0, 3), Controller(V39, 0, 4),
        ],
        [ApiKey.BrokerHeartbeat] = [Controller(V33, 0, 0), Controller(V37, 0, 1), Controller(V43, 0, 2)],
        [ApiKey.UnregisterBroker] = [Both(V33, 0, 0)],
        [ApiKey.DescribeTransactions] = [Broker(V33, 0, 0)],
        [ApiKey.ListTransactions] = [Broker(V33, 0, 0), Broker(V38, 0, 1), Broker(V41, 0, 2)],
        [ApiKey.AllocateProducerIds] = [Controller(V33, 0, 0)],
        [ApiKey.ConsumerGroupHeartbeat] = [Broker(V37, 0, 0), Broker(V40, 0, 1)],
        [ApiKey.ConsumerGroupDescribe] = [Broker(V38, 0, 0), Broker(V40, 0, 1)],
        [ApiKey.ControllerRegistration] = [Controller(V37, 0, 0)],
        [ApiKey.GetTelemetrySubscriptions] = [Broker(V37, 0, 0)],
        [ApiKey.PushTelemetry] = [Broker(V37, 0, 0)],
        [ApiKey.AssignReplicasToDirs] = [Controller(V37, 0, 0)],
        [ApiKey.ListConfigResources] = [Broker(V37, 0, 0), Broker(V41, 0, 1)],
        [ApiKey.DescribeTopicPartitions] = [Broker(V38, 0, 0)],
        [ApiKey.ShareGroupHeartbeat] = [Broker(V41, 1, 1)],
        [ApiKey.ShareGroupDescribe] = [Broker(V41, 1, 1)],
        [ApiKey.ShareFetch] = [Broker(V41, 1, 1), Broker(V42, 1, 2)],
        [ApiKey.ShareAcknowledge] = [Broker(V41, 1, 1), Broker(V42, 1, 2)],
        [ApiKey.AddRaftVoter] = [Both(V39, 0, 0), Both(V42, 0, 1)],
        [ApiKey.RemoveRaftVoter] = [Both(V39, 0, 0)],
        [ApiKey.UpdateRaftVoter] = [Controller(V39, 0, 0)],
        [ApiKey.InitializeShareGroupState] = [Broker(V41, 0, 0)],
        [ApiKey.ReadShareGroupState] = [Broker(V41, 0, 0)],
        [ApiKey.WriteShareGroupState] = [Broker(V41, 0, 0), Broker(V42, 0, 1)],
        [ApiKey.DeleteShareGroupState] = [Broker(V41, 0, 0)],
        [ApiKey.ReadShareGroupStateSummary] = [Broker(V41, 0, 0), Broker(V42, 0, 1)],
        [ApiKey.StreamsGroupHeartbeat] = [Broker(V42, 0, 0)],
        [ApiKey.StreamsGroupDescribe] = [Broker(V42, 0, 0)],
        [ApiKey.DescribeShareGroupOffsets] = [Broker(V41, 0, 0), Broker(V42, 0, 1)],
        [ApiKey.AlterShareGroupOffsets] = [Broker(V41, 0, 0)],
        [ApiKey.DeleteShareGroupOffsets] = [Broker(V41, 0, 0)],
    };

    /// <summary>The versions that a node of the line serves on such a listener.</summary>
    public static ImmutableSortedDictionary<ApiKey, VersionRange> Of(ReleaseLine line, ListenerKind listener)
    {
        var served = ImmutableSortedDictionary.CreateBuilder<ApiKey, VersionRange>();
        foreach (var (api, rows) in Rows)
        {
            if (rows.LastOrDefault(row => row.Since <= line) is { } row && row.Listeners.Contains(listener))
            {
                served.Add(api, row.Versions);
            }
        }

        return served.ToImmutable();
    }

    /// <summary>
    /// Whether brokers send such a request on to the active controller, and so cannot serve more than it does.
    /// </summary>
    public static bool IsForwardable(ApiKey api) => Forwardable.Contains(api);

    private static Row Broker(ReleaseLine since, short min, short max) =>
        new(since, [ListenerKind.Broker], new(min, max));

    private static Row Controller(ReleaseLine since, short min, short max) =>
        new(since, [ListenerKind.Controller], new(min, max));

    private static Row Both(ReleaseLine since, short min, short max) =>
        new(since, [ListenerKind.Broker, ListenerKind.Controller], new(min, max));

    private static Row Gone(ReleaseLine since) => new(since, [], default);

    private sealed record Row(ReleaseLine Since, ListenerKind[] Listeners, VersionRange Versions);
}
