using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

public sealed class RequestTests
{
    [Fact]
    public void Requests_are_taken_oldest_first_and_stay_until_consumed()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();
        RunRequests.Post(run.Path, OperatorRequest.Pause, "kim@ops-1", runs.Time);
        RunRequests.Post(run.Path, OperatorRequest.Approve, "kim@ops-1", runs.Time);
        runs.Time.Now = Samples.Start.AddMinutes(1);
        RunRequests.Post(run.Path, OperatorRequest.Abort, "lee@ops-2", runs.Time);

        // Two of one instant are numbered in the order in which they were asked.
        Assert.Equal(OperatorRequest.Pause, Take(run, consume: false)?.Request);
        Assert.Equal(OperatorRequest.Pause, Take(run)?.Request);
        Assert.Equal(OperatorRequest.Approve, Take(run)?.Request);
        Assert.Equal("lee@ops-2", Take(run)?.By);
        Assert.Null(run.NextRequest());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"request":"please","by":"kim","at":"2026-11-21T09:30:00Z"}""")]
    [InlineData("""{"request":"abort"}""")]
    public void What_is_no_request_is_moved_aside_and_journaled(string content)
    {
        using var runs = new RunFixture();
        using var run = runs.Create();
        File.WriteAllText(Path.Combine(run.Path, "requests", "note.json"), content);
        RunRequests.Post(run.Path, OperatorRequest.Pause, "kim@ops-1", runs.Time);

        Assert.Equal(OperatorRequest.Pause, Take(run)?.Request);
        Assert.Null(run.NextRequest());
        var refused = Assert.IsType<UpgradeEvent.RequestRefused>(Assert.Single(run.Entries).Event);
        Assert.Equal("note.json", refused.File);
        Assert.True(File.Exists(Path.Combine(run.Path, "requests", "refused", "note.json")));
    }

    [Fact]
    public void A_file_that_is_just_being_written_is_not_a_request_yet()
    {
        using var runs = new RunFixture();
        using var run = runs.Create();
        File.WriteAllText(Path.Combine(run.Path, "requests", "20261121.json.tmp"), "{");

        Assert.Null(run.NextRequest());
        Assert.Empty(run.Entries);
    }

    [Fact]
    public void Who_cannot_write_is_told_which_path()
    {
        using var runs = new RunFixture();
        var path = runs.Told(events: 1);
        Directory.Delete(Path.Combine(path, "requests"));
        File.WriteAllText(Path.Combine(path, "requests"), "a file where the directory belongs");

        var refused = Assert.Throws<RunDirectoryException>(
            () => RunRequests.Post(path, OperatorRequest.Pause, "kim@ops-1", runs.Time));

        Assert.Equal(Path.Combine(path, "requests"), refused.Path);
    }

    [Fact]
    public void Nothing_can_be_asked_of_what_is_no_run()
    {
        using var runs = new RunFixture();

        Assert.Throws<RunDirectoryException>(
            () => RunRequests.Post(runs.Runs, OperatorRequest.Pause, "kim@ops-1", runs.Time));
        Assert.False(Directory.Exists(runs.Runs));
    }

    private static PendingRequest? Take(RunDirectory run, bool consume = true)
    {
        var next = run.NextRequest();
        if (next is not null && consume)
        {
            run.Consume(next);
        }

        return next;
    }
}
