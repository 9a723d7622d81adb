using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;
using Metamorph.Model;

namespace Metamorph.Observation.Tests;

public sealed class GroupsTests
{
    private readonly ScriptedCluster cluster = new();
    private readonly Dictionary<string, ErrorCode> errors = [];
    private string[] leftOut = [];

    public GroupsTests()
    {
        cluster.First
            .On<ListGroupsRequest, ListGroupsResponse>(_ => new ListGroupsResponse
            {
                Groups =
                [
                    new() { GroupId = "a", GroupType = "Classic" },
                    new() { GroupId = "b" },
                    new() { GroupId = "c", GroupType = "Consumer" },
                    new() { GroupId = "s", GroupType = "Share" },
                ],
            })
            .On<DescribeGroupsRequest, DescribeGroupsResponse>(request => new DescribeGroupsResponse
            {
                Groups = [.. request.Groups.Except(leftOut).Select(Classic)],
            })
            .On<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse>(request => new()
            {
                Groups = [.. request.GroupIds.Select(id => new ConsumerGroupDescribeResponse.Group
                {
                    GroupId = id,
                    GroupState = "Stable",
                    ErrorCode = errors.GetValueOrDefault(id),
                })],
            });
        Fetches(max: 9);
        foreach (var broker in new[] { cluster.First, cluster.Second })
        {
            broker.On<ListOffsetsRequest, ListOffsetsResponse>(request => new ListOffsetsResponse
            {
                Topics = [.. request.Topics.Select(topic => new ListOffsetsResponse.TopicResponse
                {
                    Name = topic.Name,
                    Partitions = [.. topic.Partitions.Select(partition => new ListOffsetsResponse.PartitionResponse
                    {
                        PartitionIndex = partition.PartitionIndex,
                        Offset = 100,
                    })],
                })],
            });
        }
    }

    [Fact]
    public async Task Many_groups_cost_one_request_of_each_kind()
    {
        var groups = await ReadAsync();

        Assert.Equal(["a", "b", "c"], groups.Select(group => group.Id));
        Assert.Equal(["classic", "classic", "consumer"], groups.Select(group => group.Type));
        Assert.Equal([90 + 80, 90 + 80, 90 + 80], groups.Select(group => group.Lag.Value));
        Assert.Single(cluster.Asked, api => api == ApiKey.DescribeGroups);
        Assert.Single(cluster.Asked, api => api == ApiKey.ConsumerGroupDescribe);
        Assert.Single(cluster.Asked, api => api == ApiKey.OffsetFetch);
        Assert.Single(cluster.First.Asked, asked => asked.Api == ApiKey.ListOffsets);
        Assert.Single(cluster.Second.Asked, asked => asked.Api == ApiKey.ListOffsets);
    }

    [Fact]
    public async Task A_group_that_is_refused_does_not_hide_the_others()
    {
        errors["b"] = ErrorCode.GroupAuthorizationFailed;
        errors["c"] = ErrorCode.CoordinatorLoadInProgress;

        var groups = await ReadAsync();

        Assert.Equal(170, groups[0].Lag.Value);
        Assert.Contains("GroupAuthorizationFailed", groups[1].Lag.Why, StringComparison.Ordinal);
        Assert.Contains("CoordinatorLoadInProgress", groups[2].Lag.Why, StringComparison.Ordinal);
        Assert.NotEqual(0, groups[1].Members);
    }

    [Fact]
    public async Task A_group_that_the_answer_leaves_out_is_unknown()
    {
        leftOut = ["a"];

        var groups = await ReadAsync();

        Assert.Equal("Unknown", groups[0].State);
        Assert.Equal("the coordinator left the group out of its answer", groups[0].Lag.Why);
        Assert.True(groups[1].Lag.IsKnown);
    }

    [Fact]
    public async Task An_older_coordinator_is_asked_for_one_group_after_the_other()
    {
        Fetches(max: 7);

        Assert.All(await ReadAsync(), group => Assert.Equal(170, group.Lag.Value));
        Assert.Equal(3, cluster.Asked.Count(api => api == ApiKey.OffsetFetch));
    }

    [Fact]
    public async Task A_leader_that_does_not_tell_the_end_leaves_the_lag_unknown()
    {
        cluster.Second.On<ListOffsetsRequest, ListOffsetsResponse>(_ => new());

        Assert.All(await ReadAsync(), group => Assert.Contains("left the partition out", group.Lag.Why));
    }

    private async Task<IReadOnlyList<ConsumerGroup>> ReadAsync() =>
        (await cluster.ObserveAsync(SnapshotScope.Groups)).Groups.Value;

    private DescribeGroupsResponse.Group Classic(string id) =>
        new() { GroupId = id, GroupState = "Stable", ErrorCode = errors.GetValueOrDefault(id) };

    /// <summary>Every group has read 10 of partition 0 and 20 of partition 1.</summary>
    private void Fetches(short max) => cluster.First.On<OffsetFetchRequest, OffsetFetchResponse>(
        request => request.Groups.Length == 0
            ? new OffsetFetchResponse
            {
                Topics = [new() { Name = "orders", Partitions = [Old(0, 10), Old(1, 20)] }],
            }
            : new OffsetFetchResponse
            {
                Groups = [.. request.Groups.Select(group => new OffsetFetchResponse.Group
                {
                    GroupId = group.GroupId,
                    Topics = [new() { Name = "orders", Partitions = [New(0, 10), New(1, 20)] }],
                })],
            },
        max);

    private static OffsetFetchResponse.Partition Old(int index, long offset) =>
        new() { PartitionIndex = index, CommittedOffset = offset };

    private static OffsetFetchResponse.GroupPartition New(int index, long offset) =>
        new() { PartitionIndex = index, CommittedOffset = offset };
}
