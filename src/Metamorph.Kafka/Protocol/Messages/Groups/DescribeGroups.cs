namespace Metamorph.Kafka.Protocol.Messages;

[KafkaMessage(ApiKey.DescribeGroups, MessageKind.Request, Versions = "0-6", Flexible = "5+")]
public sealed partial class DescribeGroupsRequest : IKafkaRequest<DescribeGroupsRequest, DescribeGroupsResponse>
{
    [Field("0+")]
    public string[] Groups { get; init; } = [];

    [Field("3+")]
    public bool IncludeAuthorizedOperations { get; init; }
}

[KafkaMessage(ApiKey.DescribeGroups, MessageKind.Response, Versions = "0-6", Flexible = "5+")]
public sealed partial class DescribeGroupsResponse : IKafkaResponse<DescribeGroupsResponse>
{
    [Field("1+", Ignorable = true)]
    public int ThrottleTimeMs { get; init; }

    [Field("0+")]
    public Group[] Groups { get; init; } = [];

    public sealed partial class Group
    {
        [Field("0+")]
        public ErrorCode ErrorCode { get; init; }

        [Field("6+", Nullable = "6+")]
        public string? ErrorMessage { get; init; }

        [Field("0+")]
        public string GroupId { get; init; } = "";

        [Field("0+")]
        public string GroupState { get; init; } = "";

        [Field("0+")]
        public string ProtocolType { get; init; } = "";

        [Field("0+")]
        public string ProtocolData { get; init; } = "";

        [Field("0+")]
        public Member[] Members { get; init; } = [];

        [Field("3+")]
        public int AuthorizedOperations { get; init; } = int.MinValue;
    }

    public sealed partial class Member
    {
        [Field("0+")]
        public string MemberId { get; init; } = "";

        [Field("4+", Nullable = "4+", Ignorable = true)]
        public string? GroupInstanceId { get; init; }

        [Field("0+")]
        public string ClientId { get; init; } = "";

        [Field("0+")]
        public string ClientHost { get; init; } = "";

        [Field("0+")]
        public ReadOnlyMemory<byte> MemberMetadata { get; init; }

        [Field("0+")]
        public ReadOnlyMemory<byte> MemberAssignment { get; init; }
    }
}
