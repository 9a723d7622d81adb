using System.Text.Json;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Reporting.Tests;

public sealed class ViewTests
{
    [Fact]
    public void A_status_names_the_gate_its_partitions_and_the_expected_end()
    {
        var story = new Story().Start().RestartNode(1)
            .After(1, new UpgradeEvent.StepWaiting(Story.Step(2), GateNames.MayStop, new NodeId(2), [new Objection.WouldStarve(new("orders", 3), 1, 2)]));

        var json = JsonDocument.Parse(StatusDocument.Of(story.State, Story.Plan, story.Now).ToJson()).RootElement;

        Assert.Equal("waiting", json.GetProperty("state").GetString());
        Assert.Equal("version", json.GetProperty("change").GetProperty("kind").GetString());
        Assert.Equal("4.3.1", json.GetProperty("change").GetProperty("to").GetString());
        Assert.Equal((1, 7), (json.GetProperty("steps").GetProperty("done").GetInt32(), json.GetProperty("steps").GetProperty("total").GetInt32()));
        var wait = Assert.Single(json.GetProperty("waitingFor").EnumerateArray());
        Assert.Equal("may-stop", wait.GetProperty("gate").GetString());
        Assert.Equal(2, wait.GetProperty("node").GetInt32());
        Assert.Equal("orders-3", Assert.Single(wait.GetProperty("partitions").EnumerateArray()).GetString());

        // One node took 15.5 s; two are left.
        Assert.Equal(story.Now.AddSeconds(31).ToUnixTimeSeconds(), json.GetProperty("eta").GetDateTimeOffset().ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(RunEnding.AwaitingApproval, "awaiting-approval")]
    [InlineData(RunEnding.Done, "done")]
    [InlineData(RunEnding.Refused, "blocked")]
    [InlineData(RunEnding.Stopped, "paused")]
    public void A_run_that_ended_has_its_state_and_no_expected_end(RunEnding ending, string state)
    {
        var story = new Story().Start().RestartNode(1).After(1, new UpgradeEvent.RunEnded(ending, ""));

        var status = StatusDocument.Of(story.State, Story.Plan, story.Now);

        Assert.Equal(state, status.State);
        Assert.Null(status.Eta);
    }

    [Fact]
    public void Before_the_first_node_the_forecast_of_the_plan_is_believed()
    {
        var story = new Story().Start();

        Assert.Equal(story.Now.AddMinutes(6), Forecast.End(story.State, Story.Plan, story.Now));
    }

    [Fact]
    public void A_story_accounts_for_the_same_time_as_the_fold()
    {
        var story = RunStory.Of(Story.Plan, Story.Whole, Story.Whole[^1].At);

        foreach (var times in story.State.Nodes.Values)
        {
            Assert.Equal(times.Stop, Sum(SpanKind.Stop));
            Assert.Equal(times.Start, Sum(SpanKind.Start));
            Assert.Equal(times.CatchUp, Sum(SpanKind.CatchUp));
            Assert.Equal(times.Wait, Sum(SpanKind.Wait));

            TimeSpan Sum(SpanKind kind) => story.Spans
                .Where(span => span.Node == times.Node && span.Kind == kind)
                .Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
        }

        Assert.Equal(2, story.Waits.Length);
    }

    [Fact]
    public void Every_prefix_of_a_run_can_be_shown()
    {
        var live = new LiveFold(Story.Plan);
        for (var events = 0; events <= Story.Whole.Length; events++)
        {
            var told = Story.Whole[..events];
            var now = events == 0 ? Samples.Start : told[^1].At;
            var story = RunStory.Of(Story.Plan, told, now);

            Assert.NotEmpty(ReportHtml.Of(story));
            Assert.NotEmpty(ReportMarkdown.Of(story));
            Assert.NotEmpty(ReportDocument.Of(story).ToJson());
            if (events > 0)
            {
                live.Add(told[^1]);
            }

            Assert.Equal(7, live.At(now).Steps.Length);
        }
    }

    [Fact]
    public void A_live_screen_shows_the_wait_what_is_next_and_what_nodes_wrote()
    {
        var live = new LiveFold(Story.Plan);
        var story = new Story().Start().RestartNode(1)
            .After(1, new UpgradeEvent.StepWaiting(Story.Step(2), GateNames.MayStop, new NodeId(2), [new Objection.NodeDown(new(3))]))
            .After(0, new UpgradeEvent.RequestTaken(OperatorRequest.Abort, "kim@ops-1"));
        foreach (var entry in story.Told())
        {
            live.Add(entry);
        }

        var screen = live.At(story.Now.AddSeconds(5));

        Assert.Equal("waiting for a gate; ends after the step in hand", screen.State);
        Assert.Equal("May node 2 stop now?", screen.Wait?.Question);
        Assert.Equal(TimeSpan.FromSeconds(5), screen.Wait?.Lasted);
        Assert.Equal(
            [StepMark.Pending, StepMark.Done, StepMark.Waiting, StepMark.Pending],
            screen.Steps.Take(4).Select(step => step.Mark));
        Assert.Equal("Back up the configs", screen.Next);
        Assert.Equal(1, Assert.Single(screen.NodeLog).Node.Value);
    }

    [Fact]
    public void A_page_escapes_whatever_a_node_wrote()
    {
        var html = ReportHtml.Of(RunStory.Of(Story.Plan with { Cluster = "<b>orders" }, Story.Whole, Story.Whole[^1].At));

        Assert.Contains("Kafka Server started &lt;ok&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>orders", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
