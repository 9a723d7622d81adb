using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox.Tests.Groups;

public sealed class ConsumerGroupTests
{
    private const string Group = "readers";

    [Fact]
    public void A_cluster_that_has_not_finalized_the_protocol_refuses_it_in_the_answer()
    {
        var crowd = new Crowd(Cluster("3.9.0"));
        var guest = crowd.ConnectTo(Group);
        Assert.Equal(ErrorCode.UnsupportedVersion, guest.Ask(Join("a"), 0).ErrorCode);
        Assert.Equal(ErrorCode.UnsupportedVersion, guest.Ask(new ConsumerGroupDescribeRequest
        {
            GroupIds = [Group],
        }, 0).Groups[0].ErrorCode);
    }

    [Fact]
    public void A_lone_member_gets_everything_at_once()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var joined = guest.Ask(Join("a"), 1);
        Assert.Equal((ErrorCode.None, "a", 1, 5000),
            (joined.ErrorCode, joined.MemberId, joined.MemberEpoch, joined.HeartbeatIntervalMs));
        Assert.Equal([0, 1, 2, 3], Partitions(joined));
        Assert.Null(guest.Ask(Beat("a", 1), 1).Assignment);
        var described = guest.Ask(new ConsumerGroupDescribeRequest { GroupIds = [Group] }, 1).Groups[0];
        Assert.Equal(("Stable", 1, 1, "uniform"),
            (described.GroupState, described.GroupEpoch, described.AssignmentEpoch, described.AssignorName));
        Assert.Equal([0, 1, 2, 3], described.Members[0].TargetAssignment.TopicPartitions[0].Partitions);
    }

    [Fact]
    public void Version_0_gets_its_id_from_the_coordinator()
    {
        var crowd = new Crowd(Cluster());
        var joined = crowd.ConnectTo(Group).Ask(Join(""), 0);
        Assert.Equal(ErrorCode.None, joined.ErrorCode);
        Assert.True(Guid.TryParse(joined.MemberId, out _));
    }

    [Fact]
    public void A_full_request_is_told_the_whole_assignment_again()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var joined = guest.Ask(Join("a"), 0);
        var full = guest.Ask(Beat("a", 1, joined, isFull: true), 0);
        Assert.Equal([0, 1, 2, 3], Partitions(full));
    }

    [Fact]
    public void Nobody_gets_a_partition_before_the_other_has_given_it_up()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var a = guest.Ask(Join("a"), 1);
        var b = guest.Ask(Join("b"), 1);
        Assert.Equal(2, b.MemberEpoch);
        Assert.Empty(Partitions(b));
        Assert.Equal("Reconciling", guest.Ask(new ConsumerGroupDescribeRequest
        {
            GroupIds = [Group],
        }, 1).Groups[0].GroupState);

        var told = guest.Ask(Beat("a", 1), 1);
        Assert.Equal(1, told.MemberEpoch);
        var kept = Partitions(told);
        Assert.Equal(2, kept.Length);
        Assert.Null(guest.Ask(Beat("b", 2), 1).Assignment);

        // It says that it has given up the other two.
        var done = guest.Ask(Beat("a", 1, told), 1);
        Assert.Equal(2, done.MemberEpoch);
        var got = Partitions(guest.Ask(Beat("b", 2), 1));
        Assert.Equal([0, 1, 2, 3], kept.Concat(got).Order());
        Assert.Equal("Stable", guest.Ask(new ConsumerGroupDescribeRequest
        {
            GroupIds = [Group],
        }, 1).Groups[0].GroupState);
        Assert.Equal(ErrorCode.FencedMemberEpoch, guest.Ask(Beat("a", 9), 1).ErrorCode);
        Assert.NotNull(a);
    }

    [Fact]
    public void Who_does_not_give_up_in_time_is_expelled_and_so_is_who_is_silent()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        guest.Ask(Join("a", rebalanceMs: 10_000), 1);
        guest.Ask(Join("b"), 1);
        guest.Ask(Beat("a", 1), 1);
        crowd.Pass(TimeSpan.FromSeconds(9));
        Assert.Equal(ErrorCode.None, guest.Ask(Beat("a", 1), 1).ErrorCode);
        crowd.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(ErrorCode.UnknownMemberId, guest.Ask(Beat("a", 1), 1).ErrorCode);
        Assert.Equal([0, 1, 2, 3], Partitions(guest.Ask(Beat("b", 2), 1)));
        crowd.Pass(TimeSpan.FromSeconds(46));
        Assert.Equal(ErrorCode.UnknownMemberId, guest.Ask(Beat("b", 3), 1).ErrorCode);
    }

    [Fact]
    public void A_regular_expression_finds_topics_that_are_made_later_too()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        Assert.Equal(ErrorCode.InvalidRegularExpression, guest.Ask(Join("a", regex: "ord("), 1).ErrorCode);
        var joined = guest.Ask(Join("a", regex: "ord.*"), 1);
        Assert.Equal([0, 1, 2, 3], Partitions(joined));
        crowd.Step(crowd.Core.Now, new Input.Done(
            "another topic", world => world.Controller.Topics.Install(TestCluster.Topic("ordinals", [1, 2, 3]))));
        crowd.Pass(TimeSpan.FromSeconds(1));
        var next = guest.Ask(Beat("a", 1), 1);
        Assert.Equal(2, next.MemberEpoch);
        Assert.Equal(2, next.Assignment!.TopicPartitions.Length);
    }

    [Fact]
    public void A_static_member_may_leave_for_a_while_and_finds_its_partitions()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        guest.Ask(Join("a", instance: "one"), 1);
        Assert.Equal(ErrorCode.UnreleasedInstanceId, guest.Ask(Join("b", instance: "one"), 1).ErrorCode);
        var left = guest.Ask(new ConsumerGroupHeartbeatRequest
        {
            GroupId = Group,
            MemberId = "a",
            InstanceId = "one",
            MemberEpoch = -2,
        }, 1);
        Assert.Equal((ErrorCode.None, -2), (left.ErrorCode, left.MemberEpoch));
        var back = guest.Ask(Join("b", instance: "one"), 1);
        Assert.Equal((1, 4), (back.MemberEpoch, Partitions(back).Length));
    }

    [Fact]
    public void A_new_coordinator_keeps_members_epochs_and_offsets()
    {
        var crowd = new Crowd(Cluster());
        var first = crowd.ConnectTo(Group);
        first.Ask(Join("a"), 1);
        Assert.Equal(ErrorCode.StaleMemberEpoch,
            ClassicWords.ErrorOf(first.Ask(ClassicWords.Commit(Group, "orders", 5, "a", 7), 9)));
        Assert.Equal(
            ErrorCode.None, ClassicWords.ErrorOf(first.Ask(ClassicWords.Commit(Group, "orders", 5, "a", 1), 9)));
        crowd.Order(first.Node, new NodeOrder.Kill());
        var survivor = (first.Node % 3) + 1;
        crowd.PassUntil(() => crowd.CoordinatorOf(Group, ask: survivor) != first.Node);
        var next = crowd.ConnectTo(Group, ask: survivor);
        var beat = next.Ask(Beat("a", 1), 1);
        Assert.Equal((ErrorCode.None, 1), (beat.ErrorCode, beat.MemberEpoch));
        Assert.Equal(5, next.Committed(Group, "orders").Offset);
    }

    [Fact]
    public void A_group_changes_its_kind_only_while_it_is_empty()
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var classic = guest.Alone(Group);
        Assert.Equal(ErrorCode.None,
            ClassicWords.ErrorOf(guest.Ask(ClassicWords.Commit(Group, "orders", 3, classic.MemberId, 1), 7)));
        Assert.Equal(ErrorCode.GroupIdNotFound, guest.Ask(Join("a"), 1).ErrorCode);
        guest.Ask(new LeaveGroupRequest { GroupId = Group, Members = [new() { MemberId = classic.MemberId }] }, 4);
        Assert.Equal(ErrorCode.None, guest.Ask(Join("a"), 1).ErrorCode);
        Assert.Equal("consumer", guest.Ask(new ListGroupsRequest(), 5).Groups[0].GroupType);
        Assert.Equal(ErrorCode.InconsistentGroupProtocol, guest.Ask(ClassicWords.Join(Group), 5).ErrorCode);
        Assert.Equal(3, guest.Committed(Group, "orders").Offset);
        guest.Ask(new ConsumerGroupHeartbeatRequest { GroupId = Group, MemberId = "a", MemberEpoch = -1 }, 1);
        Assert.Equal(ErrorCode.MemberIdRequired, guest.Ask(ClassicWords.Join(Group), 5).ErrorCode);
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("range")]
    public void Shares_differ_by_one_at_most(string assignor)
    {
        var crowd = new Crowd(Cluster());
        var guest = crowd.ConnectTo(Group);
        var members = new[] { "a", "b", "c" };
        var epochs = members
            .ToDictionary(member => member, member => guest.Ask(Join(member, assignor: assignor), 1).MemberEpoch);
        var owned = members.ToDictionary(member => member, _ => Array.Empty<int>());
        for (var round = 0; round < 6; round++)
        {
            foreach (var member in members)
            {
                var answer = guest.Ask(Beat(member, epochs[member], crowd, owned[member]), 1);
                Assert.Equal(ErrorCode.None, answer.ErrorCode);
                (epochs[member], owned[member]) = (answer.MemberEpoch, answer.Assignment is null
                    ? owned[member]
                    : Partitions(answer));
            }
        }

        Assert.Equal([0, 1, 2, 3], owned.Values.SelectMany(each => each).Order());
        Assert.Equal([1, 1, 2], owned.Values.Select(each => each.Length).Order());
    }

    private static int[] Partitions(ConsumerGroupHeartbeatResponse answer) =>
        [.. answer.Assignment!.TopicPartitions.SelectMany(topic => topic.Partitions)];

    private static ConsumerGroupHeartbeatRequest Join(
        string member, string? instance = null, string? regex = null, int rebalanceMs = 60_000,
        string? assignor = null) => new()
        {
            GroupId = Group,
            MemberId = member,
            InstanceId = instance,
            RebalanceTimeoutMs = rebalanceMs,
            SubscribedTopicNames = regex is null ? ["orders"] : null,
            SubscribedTopicRegex = regex,
            ServerAssignor = assignor,
            TopicPartitions = [],
        };

    private static ConsumerGroupHeartbeatRequest Beat(string member, int epoch, Crowd crowd, int[] owned) => new()
    {
        GroupId = Group,
        MemberId = member,
        MemberEpoch = epoch,
        TopicPartitions = [new() { TopicId = crowd.Core.World.Metadata.FindTopic("orders")!.Id, Partitions = owned }],
    };

    private static ConsumerGroupHeartbeatRequest Beat(
        string member, int epoch, ConsumerGroupHeartbeatResponse? owned = null, bool isFull = false) => new()
        {
            GroupId = Group,
            MemberId = member,
            MemberEpoch = epoch,
            RebalanceTimeoutMs = isFull ? 60_000 : -1,
            SubscribedTopicNames = isFull ? ["orders"] : null,
            TopicPartitions = owned is null
                ? null
                : [.. owned.Assignment!.TopicPartitions.Select(topic => new ConsumerGroupHeartbeatRequest.OwnedTopic
                {
                    TopicId = topic.TopicId,
                    Partitions = topic.Partitions,
                })],
        };

    private static ClusterCore Cluster(string release = "4.2.0") =>
        TestCluster.Of(
            release, change: TestCluster.With(TestCluster.Topic("orders", [1, 2, 3], [2, 3, 1], [3, 1, 2], [1, 2, 3])));
}
