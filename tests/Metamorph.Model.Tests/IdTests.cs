namespace Metamorph.Model.Tests;

public sealed class IdTests
{
    [Fact]
    public void Releases_are_ordered_by_number_and_not_by_letter()
    {
        string[] ordered = ["0.11.0", "2.8.2", "3.9.0", "3.9.2", "3.10.0", "4.0.0", "4.3.1"];

        Assert.Equal(ordered, ordered.Reverse().Select(KafkaRelease.Parse).Order().Select(release => release.ToString()));
        Assert.True(KafkaRelease.Parse("3.10.0") > KafkaRelease.Parse("3.9.2"));
        Assert.True(new ReleaseLine(3, 10) > new ReleaseLine(3, 9));
        Assert.Equal(new ReleaseLine(3, 9), KafkaRelease.Parse("3.9.2").Line);
    }

    [Theory]
    [InlineData("3.9")]
    [InlineData("3.9.2-rc1")]
    [InlineData("3.9.2-SNAPSHOT")]
    [InlineData(" 3.9.2")]
    [InlineData("3.+9.2")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_three_numbers_is_no_release(string? text) => Assert.False(KafkaRelease.TryParse(text, out _));

    [Fact]
    public void A_topic_may_have_dashes_and_digits_in_its_name()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(
            [new Objection.UnderReplicated(new("orders-2024-eu", 12), 1, 2)], Json.ModelJson.Default.ImmutableArrayObjection);
        var back = System.Text.Json.JsonSerializer.Deserialize(json, Json.ModelJson.Default.ImmutableArrayObjection);

        Assert.Equal(new TopicPartition("orders-2024-eu", 12), back[0].About);
    }

    [Fact]
    public void Lists_of_nodes_are_equal_by_what_is_in_them_and_in_which_order()
    {
        var list = new NodeList([1, 2, 3]);

        Assert.Equal(new NodeList([1, 2, 3]), list);
        Assert.NotEqual(new NodeList([1, 3, 2]), list);
        Assert.Equal(new NodeList([1, 2, 3]).GetHashCode(), list.GetHashCode());
        Assert.Equal(NodeList.Empty, new NodeList([]));
        Assert.Equal(NodeList.Empty.GetHashCode(), new NodeList([]).GetHashCode());
        Assert.Equal(2, list.CountWithout(new(2)));
        Assert.Equal(3, list.CountWithout(new(9)));
        Assert.Equal("[1,2,3]", list.ToString());
        Assert.Empty(NodeList.Empty);
        Assert.False(NodeList.Empty.Contains(new(1)));
    }

    [Fact]
    public void A_fact_that_nobody_set_is_not_known()
    {
        Observed<int> nothing = default;

        Assert.False(nothing.IsKnown);
        Assert.Equal("it was not read", nothing.Why);
        Assert.Throws<InvalidOperationException>(() => nothing.Value);
        Assert.Equal(7, nothing.Or(7));
    }
}
