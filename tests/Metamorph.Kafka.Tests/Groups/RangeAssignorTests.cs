using Metamorph.Kafka.Groups;

namespace Metamorph.Kafka.Tests.Groups;

public sealed class RangeAssignorTests
{
    [Theory]
    [InlineData(6, "a=0,1,2 b=3,4,5")]
    [InlineData(7, "a=0,1,2,3 b=4,5,6")]
    [InlineData(1, "a=0 b=")]
    public void Members_get_runs_of_equal_length_and_the_first_ones_one_more(int partitions, string expected)
    {
        var shares = RangeAssignor.Assign(["b", "a"], partitions);

        Assert.Equal(expected, string.Join(' ', shares.OrderBy(share => share.Key).Select(share => $"{share.Key}={string.Join(',', share.Value)}")));
    }

    [Fact]
    public void Every_partition_has_exactly_one_reader()
    {
        for (var members = 1; members < 8; members++)
        {
            for (var partitions = 0; partitions < 20; partitions++)
            {
                var shares = RangeAssignor.Assign(Enumerable.Range(0, members).Select(member => $"member-{member}"), partitions);

                Assert.Equal(Enumerable.Range(0, partitions), shares.Values.SelectMany(share => share).Order());
                Assert.Equal(members, shares.Count);
            }
        }
    }

    [Fact]
    public void An_assignment_is_read_as_it_was_written()
    {
        Assert.Equal([1, 4], RangeAssignor.Partitions(RangeAssignor.Assignment("orders", [1, 4]), "orders"));
        Assert.Empty(RangeAssignor.Partitions(RangeAssignor.Assignment("orders", []), "orders"));
        Assert.Empty(RangeAssignor.Partitions(RangeAssignor.Assignment("orders", [1]), "others"));
        Assert.Empty(RangeAssignor.Partitions(ReadOnlyMemory<byte>.Empty, "orders"));
    }

    [Fact]
    public void A_subscription_is_read_as_it_was_written()
    {
        Assert.True(RangeAssignor.Wants(RangeAssignor.Subscription("orders"), "orders"));
        Assert.False(RangeAssignor.Wants(RangeAssignor.Subscription("orders"), "others"));
    }
}
