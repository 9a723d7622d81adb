using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Groups;

public sealed class ClassicGroupTests
{
    private const string Group = "readers";

    [Theory]
    [InlineData("my-group", 12)]
    [InlineData("polygenelubricants", 0)]
    public void A_group_belongs_to_the_partition_that_Java_says(string group, int partition) =>
        Assert.Equal(partition, CoordinatorHash.PartitionOf(group, 50));

    [Fact]
    public void The_first_who_looks_for_a_coordinator_makes_the_topic_and_has_to_ask_again()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.Connect(1);
        Assert.Equal(ErrorCode.CoordinatorNotAvailable, guest.Ask(new FindCoordinatorRequest
        {
            CoordinatorKey = Group,
        }, 2).ErrorCode);
        var node = crowd.CoordinatorOf(Group);
        Assert.All(new[] { 1, 2, 3 }, ask => Assert.Equal(node, crowd.CoordinatorOf(Group, ask: ask)));
        Assert.Equal(50, crowd.Core.World.Metadata.FindTopic(InternalTopics.ConsumerOffsets)!.Partitions.Count);
        Assert.Equal(ErrorCode.InvalidRequest, guest.Ask(new FindCoordinatorRequest
        {
            CoordinatorKeys = [Group],
            KeyType = 9,
        }, 4).Coordinators[0].ErrorCode);
    }

    [Fact]
    public void Who_does_not_coordinate_a_group_says_so()
    {
        var crowd = new Crowd(Cluster());
        var other = crowd.Connect((crowd.CoordinatorOf(Group) % 3) + 1);
        Assert.Equal(ErrorCode.NotCoordinator, other.Ask(ClassicWords.Join(Group), 5).ErrorCode);
        Assert.Equal(
            ErrorCode.NotCoordinator, ClassicWords.ErrorOf(other.Ask(ClassicWords.Commit(Group, "orders", 1), 7)));
        Assert.Equal(ErrorCode.NotCoordinator, other.Committed(Group, "orders").Error);
    }

    [Fact]
    public void Two_members_are_one_generation_and_get_what_their_leader_gives_them()
    {
        var crowd = new Crowd(Cluster());
        var (a, b) = (crowd.ConnectTo(Group), crowd.ConnectTo(Group));
        var (joinedA, joinedB) = Together(crowd, a, b);
        Assert.Equal((1, 1), (joinedA.GenerationId, joinedB.GenerationId));
        Assert.Equal(joinedA.MemberId, joinedA.Leader);
        Assert.Equal(2, joinedA.Members.Length);
        Assert.Empty(joinedB.Members);

        var syncing = b.Begin(ClassicWords.Sync(Group, joinedB), 3);
        crowd.Pass(TimeSpan.FromMilliseconds(100));
        Assert.False(syncing.IsDone);
        var own = a.Ask(ClassicWords.Sync(Group, joinedA, null, (joinedA.MemberId, 5), (joinedB.MemberId, 6)), 3);
        crowd.PassUntil(() => syncing.IsDone);
        Assert.Equal((5, 6), (own.Assignment.Span[0], syncing.Value!.Assignment.Span[0]));
        Assert.Equal(ErrorCode.None, a.Ask(ClassicWords.Beat(Group, joinedA), 3).ErrorCode);
        Assert.Equal(ErrorCode.None, b.Ask(ClassicWords.Beat(Group, joinedB), 3).ErrorCode);

        var described = a.Ask(new DescribeGroupsRequest { Groups = [Group] }, 5).Groups[0];
        Assert.Equal(("Stable", "consumer", "range", 2),
            (described.GroupState, described.ProtocolType, described.ProtocolData, described.Members.Length));
    }

    [Fact]
    public void A_first_member_waits_three_seconds_and_three_more_when_another_comes_meanwhile()
    {
        var crowd = new Crowd(Cluster());
        var alone = crowd.ConnectTo("alone");
        var started = crowd.Core.Now;
        alone.Ask(ClassicWords.Join("alone"), 3);
        Assert.Equal(TimeSpan.FromSeconds(3), crowd.Core.Now - started);

        var (a, b) = (crowd.ConnectTo(Group), crowd.ConnectTo(Group));
        started = crowd.Core.Now;
        var first = a.Begin(ClassicWords.Join(Group), 3);
        crowd.Pass(TimeSpan.FromSeconds(1));
        b.Begin(ClassicWords.Join(Group), 3);
        crowd.PassUntil(() => first.IsDone);
        Assert.Equal(TimeSpan.FromSeconds(6), crowd.Core.Now - started);
    }

    [Fact]
    public void A_second_member_calls_the_first_to_a_new_generation()
    {
        var crowd = new Crowd(Cluster());
        var (a, b) = (crowd.ConnectTo(Group), crowd.ConnectTo(Group));
        var first = a.Alone(Group);
        var joining = b.Begin(ClassicWords.Join(Group), 3);
        crowd.Pass(TimeSpan.FromSeconds(1));
        Assert.False(joining.IsDone);
        Assert.Equal(ErrorCode.RebalanceInProgress, a.Ask(ClassicWords.Beat(Group, first), 3).ErrorCode);
        var again = a.Ask(ClassicWords.Join(Group, first.MemberId), 5);
        crowd.PassUntil(() => joining.IsDone);
        Assert.Equal((2, 2), (again.GenerationId, joining.Value!.GenerationId));
        Assert.Equal(ErrorCode.IllegalGeneration, a.Ask(ClassicWords.Beat(Group, first), 3).ErrorCode);
    }

    [Fact]
    public void A_silent_member_is_out_after_its_session_and_not_before()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var joined = guest.Alone(Group, sessionMs: 6_000);
        crowd.Pass(TimeSpan.FromSeconds(5.9));
        Assert.Equal(ErrorCode.None, guest.Ask(ClassicWords.Beat(Group, joined), 3).ErrorCode);
        crowd.Pass(TimeSpan.FromSeconds(6.1));
        Assert.Equal(ErrorCode.UnknownMemberId, guest.Ask(ClassicWords.Beat(Group, joined), 3).ErrorCode);
        Assert.Equal("Empty", guest.Ask(new DescribeGroupsRequest { Groups = [Group] }, 5).Groups[0].GroupState);
    }

    [Fact]
    public void Who_leaves_makes_the_others_rebalance()
    {
        var crowd = new Crowd(Cluster());
        var (a, b) = (crowd.ConnectTo(Group), crowd.ConnectTo(Group));
        var (joinedA, joinedB) = Together(crowd, a, b);
        var syncing = b.Begin(ClassicWords.Sync(Group, joinedB), 3);
        a.Ask(ClassicWords.Sync(Group, joinedA), 3);
        crowd.PassUntil(() => syncing.IsDone);
        var left = b.Ask(new LeaveGroupRequest
        {
            GroupId = Group,
            Members = [new() { MemberId = joinedB.MemberId }, new() { MemberId = "nobody" }],
        }, 4);
        Assert.Equal([ErrorCode.None, ErrorCode.UnknownMemberId], left.Members.Select(member => member.ErrorCode));
        Assert.Equal(ErrorCode.RebalanceInProgress, a.Ask(ClassicWords.Beat(Group, joinedA), 3).ErrorCode);
    }

    [Fact]
    public void A_static_member_that_is_back_keeps_the_generation_and_its_share()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var joined = guest.Ask(ClassicWords.Join(Group, instance: "one"), 9);
        guest.Ask(ClassicWords.Sync(Group, joined, "one", (joined.MemberId, 9)), 5);
        var back = guest.Ask(ClassicWords.Join(Group, instance: "one"), 9);
        Assert.Equal((ErrorCode.None, 1, true), (back.ErrorCode, back.GenerationId, back.SkipAssignment));
        Assert.NotEqual(joined.MemberId, back.MemberId);
        Assert.Equal(back.MemberId, back.Leader);
        Assert.Equal(9, guest.Ask(ClassicWords.Sync(Group, back, "one"), 5).Assignment.Span[0]);
        Assert.Equal(
            ErrorCode.FencedInstanceId,
            guest.Ask(new HeartbeatRequest
            {
                GroupId = Group,
                GenerationId = 1,
                MemberId = joined.MemberId,
                GroupInstanceId = "one",
            }, 4).ErrorCode);

        // A client that cannot be told to skip the assignment must not believe that it leads.
        var older = guest.Ask(ClassicWords.Join(Group, instance: "one"), 8);
        Assert.NotEqual(older.MemberId, older.Leader);
    }

    [Fact]
    public void Every_version_that_a_release_speaks_can_be_said()
    {
        foreach (var release in new[] { "3.3.2", "4.3.0" })
        {
            var crowd = new Crowd(Cluster(release));
            for (short version = 0; version <= 9; version++)
            {
                var group = $"group-{version}";
                var guest = crowd.ConnectTo(group);
                var joined = guest.Ask(ClassicWords.Join(group), version);
                joined = joined.ErrorCode == ErrorCode.MemberIdRequired
                    ? guest.Ask(ClassicWords.Join(group, joined.MemberId), version)
                    : joined;
                Assert.Equal((ErrorCode.None, 1), (joined.ErrorCode, joined.GenerationId));
                Assert.Equal(
                    ErrorCode.None, guest.Ask(ClassicWords.Sync(group, joined, null, (joined.MemberId, 1)),
                    Math.Min(version, (short)5)).ErrorCode);
                Assert.Equal(
                    ErrorCode.None, guest.Ask(ClassicWords.Beat(group, joined), Math.Min(version, (short)4)).ErrorCode);
                var commit = ClassicWords.Commit(group, "orders", version, joined.MemberId, joined.GenerationId);
                Assert.Equal(
                    ErrorCode.None, ClassicWords.ErrorOf(guest.Ask(commit, Math.Clamp(version, (short)2, (short)8))));
                Assert.Single(guest.Ask(new DescribeGroupsRequest
                {
                    Groups = [group],
                }, Math.Min(version, (short)5)).Groups[0].Members);
                Assert.Contains(guest.Ask(new ListGroupsRequest(), Math.Min(version, (short)4)).Groups, listed =>
                    listed.GroupId == group);
                var leave = version < 3
                    ? new LeaveGroupRequest { GroupId = group, MemberId = joined.MemberId }
                    : new LeaveGroupRequest { GroupId = group, Members = [new() { MemberId = joined.MemberId }] };
                Assert.Equal(ErrorCode.None, guest.Ask(leave, Math.Min(version, (short)5)).ErrorCode);
            }
        }
    }

    [Fact]
    public void A_new_coordinator_finds_the_generation_and_the_offsets_in_the_log()
    {
        var crowd = new Crowd(Cluster());
        var first = crowd.ConnectTo(Group);
        var joined = first.Alone(Group, sessionMs: 30_000);
        Assert.Equal(ErrorCode.None,
            ClassicWords.ErrorOf(first.Ask(ClassicWords.Commit(Group, "orders", 42, joined.MemberId, 1), 7)));
        crowd.Order(first.Node, new NodeOrder.Kill());
        var survivor = (first.Node % 3) + 1;
        crowd.PassUntil(() => crowd.CoordinatorOf(Group, ask: survivor) != first.Node);

        var next = crowd.ConnectTo(Group, ask: survivor);
        Assert.NotEqual(first.Node, next.Node);
        Assert.Equal((42, ErrorCode.None), next.Committed(Group, "orders"));
        Assert.Equal(ErrorCode.None, next.Ask(ClassicWords.Beat(Group, joined), 3).ErrorCode);
        Assert.Equal(1, next.Ask(ClassicWords.Sync(Group, joined), 3).Assignment.Length);
    }

    [Fact]
    public void Groups_are_listed_by_state_and_deleted_once_they_are_empty()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var joined = guest.Alone(Group);
        Assert.Equal(ErrorCode.None,
            ClassicWords.ErrorOf(guest.Ask(ClassicWords.Commit(Group, "orders", 4, joined.MemberId, 1), 7)));
        Assert.Single(guest.Ask(new ListGroupsRequest
        {
            StatesFilter = ["stable"],
            TypesFilter = ["classic"],
        }, 5).Groups);
        Assert.Empty(guest.Ask(new ListGroupsRequest { StatesFilter = ["Empty"] }, 5).Groups);
        Assert.Empty(guest.Ask(new ListGroupsRequest { TypesFilter = ["consumer"] }, 5).Groups);
        Assert.Equal(ErrorCode.NonEmptyGroup, Delete(guest));

        guest.Ask(new LeaveGroupRequest { GroupId = Group, Members = [new() { MemberId = joined.MemberId }] }, 4);
        Assert.Single(guest.Ask(new ListGroupsRequest { StatesFilter = ["Empty"] }, 5).Groups);
        Assert.Equal(ErrorCode.None, Delete(guest));
        Assert.Equal(ErrorCode.GroupIdNotFound, Delete(guest));
        Assert.Equal((-1, ErrorCode.None), guest.Committed(Group, "orders"));
        Assert.Equal("Dead", guest.Ask(new DescribeGroupsRequest { Groups = [Group] }, 5).Groups[0].GroupState);
        Assert.Equal(ErrorCode.GroupIdNotFound, guest.Ask(new DescribeGroupsRequest
        {
            Groups = [Group],
        }, 6).Groups[0].ErrorCode);
    }

    [Fact]
    public void Offsets_have_to_name_a_topic_and_the_generation()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        Assert.Equal(ErrorCode.None, ClassicWords.ErrorOf(guest.Ask(ClassicWords.Commit(Group, "orders", 1), 7)));
        Assert.Equal(ErrorCode.UnknownTopicOrPartition,
            ClassicWords.ErrorOf(guest.Ask(ClassicWords.Commit(Group, "nothing", 1), 7)));
        Assert.Equal(ErrorCode.IllegalGeneration, ClassicWords.ErrorOf(
            crowd.ConnectTo("unheard-of").Ask(ClassicWords.Commit("unheard-of", "orders", 1, "x", 3), 7)));
        var joined = guest.Alone(Group);
        Assert.Equal(
            ErrorCode.UnknownMemberId, ClassicWords.ErrorOf(guest.Ask(ClassicWords.Commit(Group, "orders", 2), 7)));
        Assert.Equal(ErrorCode.IllegalGeneration,
            ClassicWords.ErrorOf(guest.Ask(ClassicWords.Commit(Group, "orders", 2, joined.MemberId, 9), 7)));
        Assert.Equal(1, guest.Committed(Group, "orders").Offset);
        var byId = new OffsetCommitRequest
        {
            GroupId = Group, MemberId = joined.MemberId, GenerationIdOrMemberEpoch = 1,
            Topics = [new()
            {
                TopicId = crowd.Core.World.Metadata.FindTopic("orders")!.Id,
                Partitions = [new() { CommittedOffset = 8 }],
            }],
        };
        Assert.Equal(ErrorCode.None, ClassicWords.ErrorOf(guest.Ask(byId, 10)));
        Assert.Equal(8, guest.Committed(Group, "orders").Offset);
        var deleted = guest.Ask(new OffsetDeleteRequest
        {
            GroupId = Group,
            Topics = [new() { Name = "orders", Partitions = [new()] }],
        }, 0);
        Assert.Equal((ErrorCode.None, ErrorCode.None), (deleted.ErrorCode, deleted.Topics[0].Partitions[0].ErrorCode));
        Assert.Equal(-1, guest.Committed(Group, "orders").Offset);
    }

    private static ErrorCode Delete(Guest guest) => guest.Ask(new DeleteGroupsRequest
    {
        GroupsNames = [Group],
    }, 2).Results[0].ErrorCode;

    private static (JoinGroupResponse A, JoinGroupResponse B) Together(Crowd crowd, Guest a, Guest b)
    {
        var (joiningA, joiningB) = (a.Begin(ClassicWords.Join(Group), 3), b.Begin(ClassicWords.Join(Group), 3));
        crowd.PassUntil(() => joiningA.IsDone && joiningB.IsDone);
        return (joiningA.Value!, joiningB.Value!);
    }

    private static ClusterCore Cluster(string release = "4.2.0") =>
        TestCluster.Of(release, change: TestCluster.With(TestCluster.Topic("orders", [1, 2, 3], [2, 3, 1])));
}
