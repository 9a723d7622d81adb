using System.Collections.Immutable;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Reporting.Tests;

public sealed class WordingTests
{
    private static readonly NodeId Two = new(2);

    [Fact]
    public void Every_objection_has_words()
    {
        Assert.Equal(Samples.CasesOf(typeof(Objection)).ToHashSet(), [.. Samples.Objections.Select(objection => objection.GetType())]);
        Assert.All(Samples.Objections, objection => Assert.True(IsSentence(Wording.Of(objection, Two)), Wording.Of(objection, Two)));
    }

    [Fact]
    public void Every_event_has_words()
    {
        Assert.Equal(Samples.CasesOf(typeof(UpgradeEvent)).ToHashSet(), [.. Samples.Events.Select(happened => happened.GetType())]);
        Assert.All(Samples.Events, happened => Assert.NotEmpty(Wording.Of(happened, Samples.Plan).Text));
    }

    [Fact]
    public void Every_step_has_words()
    {
        Assert.Equal(Samples.CasesOf(typeof(Step)).ToHashSet(), [.. Samples.Steps.Select(step => step.GetType())]);
        Assert.All(Samples.Steps, step =>
        {
            Assert.NotEmpty(Wording.Of(step));
            Assert.NotEmpty(Wording.SubjectOf(step.Id, Samples.Plan));
        });
    }

    [Fact]
    public void Every_name_in_a_choice_has_words()
    {
        Assert.All(Enum.GetValues<RunPhase>(), phase => Assert.NotEmpty(Wording.Of(phase) + Wording.StateOf(phase)));
        Assert.All(Enum.GetValues<RunEnding>(), ending => Assert.NotEmpty(Wording.Of(ending) + Wording.NameOf(ending)));
        Assert.All(Enum.GetValues<RollPhase>(), phase => Assert.NotEmpty(Wording.Of(phase)));
        Assert.All(Enum.GetValues<FindingSeverity>(), severity => Assert.NotEmpty(Wording.Of(severity)));
        Assert.All(Enum.GetValues<OperatorRequest>(), request => Assert.NotEmpty(Wording.Of(request)));
        Assert.All(Enum.GetValues<FinalizeMode>(), mode => Assert.NotEmpty(Wording.Of(new FinalizePolicy(mode, TimeSpan.FromMinutes(30)))));
    }

    [Fact]
    public void Every_ending_says_what_happened_how_the_cluster_stands_and_what_is_next() =>
        Assert.All(Enum.GetValues<RunEnding>(), ending =>
        {
            var verdict = Wording.Verdict(
                new Story().Start().RestartNode(1).After(1, new UpgradeEvent.RunEnded(ending, "why")).State, Story.Plan);

            Assert.StartsWith("orders 3.9.2 → 4.3.1 ", verdict.Happened, StringComparison.Ordinal);
            Assert.Equal("1 of 3 nodes run 4.3.1. The way back to 3.9.2 is open until the finalisation.", verdict.Stands);
            Assert.EndsWith(".", verdict.Next, StringComparison.Ordinal);
        });

    [Fact]
    public void A_partition_is_named_with_the_numbers_that_were_compared() => Assert.Equal(
        "orders-3: stopping broker 2 would leave 1 in-sync replica, min.insync.replicas needs 2",
        Wording.Of(new Objection.WouldStarve(new("orders", 3), IsrAfter: 1, Floor: 2), Two));

    [Fact]
    public void Partitions_of_which_the_same_is_true_are_named_together()
    {
        var worded = Wording.Of(
            Enumerable.Range(0, 14).Select(index => new Objection.WouldStarve(new("orders", index), IsrAfter: 1, Floor: 2)), Two);

        Assert.Equal(
            "orders-0, orders-1, orders-2 and 11 more: stopping broker 2 would leave 1 in-sync replica, min.insync.replicas needs 2",
            Assert.Single(worded).Text);
        Assert.Equal(14, worded[0].Partitions.Length);
    }

    [Fact]
    public void The_way_back_closes_with_the_finalisation()
    {
        var finalize = new StepId("finalize-metadata.version");
        var story = new Story().Start().After(1, new UpgradeEvent.StepStarted(finalize));
        Assert.Equal("The way back to 3.9.2 is open until the finalisation.", Wording.WayBack(story.State, Story.Plan));

        story.After(1, new UpgradeEvent.FeatureFinalizing(finalize, "metadata.version", 21, 30));
        Assert.Equal(
            "The way back to 3.9.2 may be closed: metadata.version 30 was asked of Kafka and not read back.",
            Wording.WayBack(story.State, Story.Plan));

        story.After(1, new UpgradeEvent.FeatureFinalized(finalize, "metadata.version", 21, 30));
        Assert.Equal(
            "The way back to 3.9.2 is closed: metadata.version was raised from 21 to 30.",
            Wording.WayBack(story.State, Story.Plan));
    }

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(2.44, "2.4 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3599.8, "1 h 00 min")]
    [InlineData(3900, "1 h 05 min")]
    [InlineData(90000, "25 h 00 min")]
    public void Durations_read_like_spoken(double seconds, string words) =>
        Assert.Equal(words, Quantity.Of(TimeSpan.FromSeconds(seconds)));

    private static bool IsSentence(string text) =>
        text.Length > 10 && !text.Contains("  ", StringComparison.Ordinal) && !text.Contains("Metamorph.Model", StringComparison.Ordinal)
        && !text.EndsWith('.');
}
