using System.Collections.Immutable;
using Metamorph.Kafka.Protocol;
using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Sandbox;

/// <summary>All that a node of one release line does differently from nodes of other lines.</summary>
/// <remarks>
/// What depends on a finalized level instead of the binary is in <see cref="MetadataRules"/>. Classes named are
/// Kafka's, where the behaviour comes from.
/// </remarks>
public sealed record ReleaseProfile
{
    private const short FirstReadableProduce = 3;
    private const short FirstApiVersionsWithZeroMinimum = 4;
    private const short FirstRegistrationWithZeroMinimum = 4;

    private static readonly ReleaseLine Oldest = new(3, 3);
    private static readonly ReleaseLine Newest = new(4, 3);
    private static readonly ReleaseLine V37 = new(3, 7);
    private static readonly ReleaseLine V38 = new(3, 8);
    private static readonly ReleaseLine V39 = new(3, 9);
    private static readonly ReleaseLine V40 = new(4, 0);

    private readonly ImmutableSortedDictionary<ApiKey, VersionRange> brokerApis;
    private readonly ImmutableSortedDictionary<ApiKey, VersionRange> controllerApis;

    private ReleaseProfile(ReleaseFacts facts)
    {
        Line = facts.Line;
        SupportedFeatures = facts.SupportedFeatures;
        FinalizedByNewCluster = ReleaseCatalog.FeaturesFinalizedByDefault(facts.Line).Value;
        Configs = ConfigCatalog.Of(facts.Line);
        brokerApis = ApiVersionTable.Of(facts.Line, ListenerKind.Broker);
        controllerApis = ApiVersionTable.Of(facts.Line, ListenerKind.Controller);
    }

    /// <summary>Every profile, oldest first: KRaft in production, as far as it is released.</summary>
    public static ImmutableArray<ReleaseProfile> All { get; } =
    [
        .. ReleaseCatalog.Lines
            .Where(facts => facts.Line >= Oldest && facts.Line <= Newest)
            .Select(facts => new ReleaseProfile(facts)),
    ];

    /// <summary>The release line that is imitated.</summary>
    public ReleaseLine Line { get; }

    /// <summary>The levels that its binary supports, by feature.</summary>
    public ImmutableSortedDictionary<string, FeatureRange> SupportedFeatures { get; }

    /// <summary>
    /// The levels that a cluster has which is formatted with this release and a static quorum; none is 0 here.
    /// </summary>
    public ImmutableSortedDictionary<string, short> FinalizedByNewCluster { get; }

    /// <summary>The configurations of its brokers and topics.</summary>
    public ConfigCatalog Configs { get; }

    /// <summary>The profile of a release.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sandbox does not imitate this line.</exception>
    public static ReleaseProfile Of(KafkaRelease release) => Of(release.Line);

    /// <summary>The profile of a release line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sandbox does not imitate this line.</exception>
    public static ReleaseProfile Of(ReleaseLine line) =>
        All.FirstOrDefault(profile => profile.Line == line) ?? throw new ArgumentOutOfRangeException(
            nameof(line), line, $"the sandbox imitates Kafka {All[0].Line} to {All[^1].Line}, and not {line}");

    /// <summary>
    /// The versions that a request may have on such a listener. Kafka closes the connection on any other, and on any
    /// other API.
    /// </summary>
    public ImmutableSortedDictionary<ApiKey, VersionRange> ServedBy(ListenerKind listener) => listener switch
    {
        ListenerKind.Broker => brokerApis,
        ListenerKind.Controller => controllerApis,
        _ => throw new ArgumentOutOfRangeException(nameof(listener), listener, "no such listener"),
    };

    /// <summary>What ApiVersions answers on such a listener.</summary>
    /// <param name="listener">Where it was asked.</param>
    /// <param name="activeController">
    /// The active controller as the broker knows it; null while it knows none, and of no matter to a controller.
    /// </param>
    /// <param name="handled">The APIs that the sandbox can answer: one that is not there is not advertised.</param>
    /// <remarks>
    /// <c>ApiVersionsResponse.intersectForwardableApis</c>: what a broker sends on is cut to what the active controller
    /// serves, so that a broker of 4.1 behind a controller of 3.9 says AlterPartitionReassignments 0 alone. Telemetry
    /// (71, 72) is only said where a receiver is configured, and there is none here.
    /// </remarks>
    public ImmutableSortedDictionary<ApiKey, VersionRange> AdvertisedBy(
        ListenerKind listener, ReleaseProfile? activeController, IReadOnlySet<ApiKey> handled)
    {
        var advertised = ImmutableSortedDictionary.CreateBuilder<ApiKey, VersionRange>();
        foreach (var (api, served) in ServedBy(listener))
        {
            if (handled.Contains(api) && Advertised(api, served, listener, activeController) is { } range)
            {
                advertised.Add(api, range);
            }
        }

        return advertised.ToImmutable();
    }

    /// <summary>The supported features that an ApiVersions answer of this version names.</summary>
    /// <remarks>
    /// KAFKA-17011, KAFKA-17492: an older asker refuses a range that begins at 0, so it is not told of one before
    /// version 4. Finalized features, which never stand at 0 in an answer, are told in all versions with the field.
    /// </remarks>
    public ImmutableSortedDictionary<string, FeatureRange> FeaturesAdvertisedIn(short apiVersionsVersion) =>
        apiVersionsVersion >= FirstApiVersionsWithZeroMinimum ? SupportedFeatures : FeaturesAboveZero;

    /// <summary>Whether an ApiVersions answer on such a listener names what is finalized.</summary>
    /// <remarks>
    /// A controller began to with KIP-919, in 3.7: measured at 3.5 (none, epoch -1) and 3.9 (as brokers do).
    /// </remarks>
    public bool NamesFinalizedFeatures(ListenerKind listener) => listener == ListenerKind.Broker || Line >= V37;

    /// <summary>The supported features of this broker that a controller learns when it registers there.</summary>
    /// <remarks>
    /// A controller older than 3.9 knows BrokerRegistration below version 4, which leaves out ranges that begin at 0.
    /// The registration stays like that after the controller was upgraded, until the broker registers again.
    /// </remarks>
    public ImmutableSortedDictionary<string, FeatureRange> FeaturesRegisteredWith(ReleaseProfile activeController) =>
        activeController.controllerApis[ApiKey.BrokerRegistration].Max >= FirstRegistrationWithZeroMinimum
            ? SupportedFeatures
            : FeaturesAboveZero;

    /// <summary>
    /// The finalized features for which this binary cannot join: it is refused with UNSUPPORTED_VERSION.
    /// </summary>
    /// <remarks>
    /// <c>ClusterControlManager.registerBroker</c>. Level 0 is a feature that is off, which any binary supports.
    /// </remarks>
    public IReadOnlyList<string> CannotRun(IReadOnlyDictionary<string, short> finalized) =>
        [.. finalized
            .Where(level => level.Value > 0)
            .Where(level => !SupportedFeatures.TryGetValue(level.Key, out var range) || !range.Contains(level.Value))
            .Select(level => level.Key)];

    /// <summary>When its controller calls a reassignment complete.</summary>
    public ReassignmentRule ReassignmentRule => Line switch
    {
        _ when Line < V38 => ReassignmentRule.AddedInSync,
        _ when Line < Newest => ReassignmentRule.TargetInSync,
        _ => ReassignmentRule.AddedInSyncTargetWhenShrinking,
    };

    /// <summary>
    /// Whether its controller keeps the session of a broker that shut down cleanly, so that one which is back sooner is
    /// refused with DUPLICATE_BROKER_REGISTRATION until the session is over.
    /// </summary>
    /// <remarks>
    /// <c>BrokerHeartbeatTracker</c>, KAFKA-17793; KAFKA-19047 is not in 4.3. A 3.x controller ends a session with the
    /// fencing, so that a restart waits for it only after a crash.
    /// </remarks>
    public bool SessionSurvivesCleanShutdown => Line >= V40;

    /// <summary>When its controller notices that a broker's session is over.</summary>
    public FencingTimer FencingTimer => Line >= V40 ? FencingTimer.EveryEighthOfSession : FencingTimer.AtDeadline;

    /// <summary>
    /// Whether its leaders hold the high watermark while the ISR is below <see cref="EffectiveMinIsr"/>.
    /// </summary>
    /// <remarks>KIP-966: <c>Partition.maybeIncrementLeaderHW</c>, <c>isUnderMinIsr</c>.</remarks>
    public bool HighWatermarkStallsUnderMinIsr => Line >= V37;

    /// <summary>The in-sync replicas that its leader asks of a partition for <c>acks=all</c>.</summary>
    /// <remarks>
    /// KIP-966: <c>Partition.effectiveMinIsr</c>. Before 3.7 a min ISR above the replication factor refused all.
    /// </remarks>
    public int EffectiveMinIsr(int minInsyncReplicas, int replicas) =>
        Line >= V37 ? Math.Min(minInsyncReplicas, replicas) : minInsyncReplicas;

    /// <summary>
    /// Whether Produce (from v10) and Fetch (from v16) name the leader when the node is not (KIP-951).
    /// </summary>
    public bool NamesCurrentLeader => Line >= V37;

    /// <summary>
    /// Whether its quorum can be dynamic (KIP-853): <c>kraft.version</c> 1, AddRaftVoter, RemoveRaftVoter.
    /// </summary>
    public bool HasDynamicQuorum => Line >= V39;

    /// <summary>Whether its log dirs can be cordoned, and DescribeLogDirs says so (v5).</summary>
    public bool CordonsLogDirs => Line >= Newest;

    /// <summary>
    /// Threads per log dir that load the logs at start, unless <c>num.recovery.threads.per.data.dir</c> says
    /// otherwise.
    /// </summary>
    public int RecoveryThreadsPerLogDir => Line >= V40 ? 2 : 1;

    /// <inheritdoc/>
    public override string ToString() => $"Kafka {Line}";

    private ImmutableSortedDictionary<string, FeatureRange> FeaturesAboveZero =>
        SupportedFeatures.RemoveRange(
            SupportedFeatures.Where(known => known.Value.Min == 0).Select(known => known.Key));

    private static VersionRange? Advertised(
        ApiKey api, VersionRange served, ListenerKind listener, ReleaseProfile? activeController)
    {
        if (api is ApiKey.GetTelemetrySubscriptions or ApiKey.PushTelemetry)
        {
            return null;
        }

        if (listener == ListenerKind.Broker && activeController is not null && ApiVersionTable.IsForwardable(api))
        {
            return activeController.controllerApis.TryGetValue(api, out var there) ? served.Intersect(there) : null;
        }

        // librdkafka leaves compression out when it does not see 0 there, so 4.x says what it refuses (KAFKA-18659).
        return api == ApiKey.Produce && listener == ListenerKind.Broker && served.Min == FirstReadableProduce
            ? served with { Min = 0 }
            : served;
    }
}
