namespace Metamorph.Sandbox;

/// <summary>Consumer groups and their offsets.</summary>
internal static class GroupApis
{
    public static IEnumerable<IApiHandler> All(World world) =>
    [
        new FindCoordinatorHandler(),
        new JoinGroupHandler(),
        new SyncGroupHandler(),
        new HeartbeatHandler(),
        new LeaveGroupHandler(),
        new OffsetCommitHandler(),
        new OffsetFetchHandler(),
        new OffsetDeleteHandler(),
        new DescribeGroupsHandler(),
        new ListGroupsHandler(),
        new DeleteGroupsHandler(),
        new ConsumerGroupHeartbeatHandler(),
        new ConsumerGroupDescribeHandler(),
    ];
}
