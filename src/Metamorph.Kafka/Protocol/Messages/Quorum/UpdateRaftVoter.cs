namespace Metamorph.Kafka.Protocol.Messages;

/// <summary>
/// A voter tells the leader its addresses and the <c>kraft.version</c> it can work at. KIP-853; API key 82.
/// </summary>
/// <remarks>Needs CLUSTER_ACTION on CLUSTER; sent by voters alone.</remarks>
[KafkaMessage(ApiKey.UpdateRaftVoter, MessageKind.Request, Versions = "0", Flexible = "0+")]
public sealed partial class UpdateRaftVoterRequest : IKafkaRequest<UpdateRaftVoterRequest, UpdateRaftVoterResponse>
{
    [Field("0+", Nullable = "0+")]
    public string? ClusterId { get; init; } = "";

    [Field("0+")]
    public int CurrentLeaderEpoch { get; init; }

    [Field("0+")]
    public int VoterId { get; init; }

    [Field("0+")]
    public Guid VoterDirectoryId { get; init; }

    [Field("0+")]
    public Listener[] Listeners { get; init; } = [];

    [Field("0+")]
    public SupportedKRaftVersions KRaftVersionFeature { get; init; } = SupportedKRaftVersions.Unset;

    public sealed partial class Listener
    {
        [Field("0+")]
        public string Name { get; init; } = "";

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public ushort Port { get; init; }
    }

    public sealed partial class SupportedKRaftVersions
    {
        [Field("0+")]
        public short MinSupportedVersion { get; init; }

        [Field("0+")]
        public short MaxSupportedVersion { get; init; }
    }
}

/// <summary>Answers <see cref="UpdateRaftVoterRequest"/>.</summary>
[KafkaMessage(ApiKey.UpdateRaftVoter, MessageKind.Response, Versions = "0", Flexible = "0+")]
public sealed partial class UpdateRaftVoterResponse : IKafkaResponse<UpdateRaftVoterResponse>
{
    [Field("0+")]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public ErrorCode ErrorCode { get; init; }

    [Field("0+", Tag = 0, Tagged = "0+")]
    public LeaderDetail CurrentLeader { get; init; } = LeaderDetail.Unset;

    public sealed partial class LeaderDetail
    {
        [Field("0+")]
        public int LeaderId { get; init; } = -1;

        [Field("0+")]
        public int LeaderEpoch { get; init; } = -1;

        [Field("0+")]
        public string Host { get; init; } = "";

        [Field("0+")]
        public int Port { get; init; }
    }
}
