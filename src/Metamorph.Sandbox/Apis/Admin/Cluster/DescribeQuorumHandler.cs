using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>Tells who votes, who only reads, and how far each has come (KIP-595, KIP-836, KIP-853; API key 55).</summary>
internal sealed class DescribeQuorumHandler : ApiHandler<DescribeQuorumRequest, DescribeQuorumResponse>
{
    private const string MetadataLog = "__cluster_metadata";
    private const short FirstWithDirectories = 2;
    private const string ListenerName = "CONTROLLER";

    protected override void Handle(DescribeQuorumRequest request, Call<DescribeQuorumResponse> call, World world) =>
        world.Controller.Decide(
            call,
            () => IsOfMetadataLog(request) ? Describe(call.Version, world) : Unknown(request),
            error => new()
            {
                ErrorCode = error == ErrorCode.NotController ? ErrorCode.NotLeaderOrFollower : error,
                ErrorMessage = ApiError.Of(error).Message,
            });

    private static bool IsOfMetadataLog(DescribeQuorumRequest request) =>
        request.Topics is [{ TopicName: MetadataLog, Partitions: [{ PartitionIndex: 0 }] }];

    private static DescribeQuorumResponse Unknown(DescribeQuorumRequest request) => new()
    {
        Topics =
        [
            .. request.Topics.Select(topic => new DescribeQuorumResponse.Topic
            {
                TopicName = topic.TopicName,
                Partitions =
                [
                    .. topic.Partitions.Select(partition => new DescribeQuorumResponse.Partition
                    {
                        PartitionIndex = partition.PartitionIndex, ErrorCode = ErrorCode.UnknownTopicOrPartition,
                    }),
                ],
            }),
        ],
    };

    private static DescribeQuorumResponse Describe(short version, World world) => new()
    {
        ErrorMessage = null,
        Topics =
        [
            new()
            {
                TopicName = MetadataLog,
                Partitions =
                [
                    new()
                    {
                        ErrorMessage = null,
                        LeaderId = world.Quorum.Leader!.Id.Value,
                        LeaderEpoch = world.Quorum.Epoch,
                        HighWatermark = world.Metadata.End,
                        CurrentVoters = [.. world.Nodes.Voters.Select(voter => Voter(voter, version, world))],
                        Observers = [.. world.Nodes.Brokers.Where(world.Quorum.IsObserver).Select(node => Observer(node, version, world))],
                    },
                ],
            },
        ],
        Nodes = version < FirstWithDirectories ? [] : [.. world.Nodes.Voters.Select(NodeOf)],
    };

    /// <summary>The voters of a static quorum are known by their ids alone.</summary>
    private static DescribeQuorumResponse.ReplicaState Voter(SandboxNode voter, short version, World world) =>
        ReplicaOf(voter, version >= FirstWithDirectories && IsDynamic(world), world);

    private static DescribeQuorumResponse.ReplicaState Observer(SandboxNode node, short version, World world) => ReplicaOf(
        node, version >= FirstWithDirectories && ReleaseProfile.Of(node.Life?.Release ?? node.Installed).HasDynamicQuorum, world);

    private static DescribeQuorumResponse.ReplicaState ReplicaOf(SandboxNode node, bool hasDirectory, World world)
    {
        var caughtUp = world.Quorum.LastCaughtUp(node)?.ToUnixTimeMilliseconds() ?? -1;
        return new()
        {
            ReplicaId = node.Id.Value,
            ReplicaDirectoryId = hasDirectory ? DirectoryOf(node) : Guid.Empty,
            LogEndOffset = world.Quorum.LogEnd(node),
            LastFetchTimestamp = caughtUp,
            LastCaughtUpTimestamp = caughtUp,
        };
    }

    private static DescribeQuorumResponse.Node NodeOf(SandboxNode voter) => new()
    {
        NodeId = voter.Id.Value,
        Listeners = voter.Spec.ControllerEndpoint is { } endpoint
            ? [new() { Name = ListenerName, Host = endpoint.Host, Port = (ushort)endpoint.Port }]
            : [],
    };

    private static bool IsDynamic(World world) =>
        world.Metadata.Features.Now.GetValueOrDefault(Metamorph.Releases.KafkaFeatures.KRaftVersion) >= 1;

    // As formatting drew it once; nothing depends on which one it is, but that it stays.
    private static Guid DirectoryOf(SandboxNode node) => new(node.Id.Value, 0x4b61, 0x4d61, 0x80, 1, 2, 3, 4, 5, 6, 7);
}
