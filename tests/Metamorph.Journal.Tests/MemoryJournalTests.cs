using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

public sealed class MemoryJournalTests
{
    [Fact]
    public void A_crash_before_an_append_loses_the_event_and_one_after_keeps_it()
    {
        var journal = new MemoryJournal("run", Story.Plan, new StillTime());
        journal.BeforeAppend = _ => throw new InvalidOperationException("crash");
        Assert.Throws<InvalidOperationException>(() => journal.Append(Story.Whole[0].Event));
        Assert.Empty(journal.Entries);

        journal.BeforeAppend = null;
        journal.AfterAppend = _ => throw new InvalidOperationException("crash");
        Assert.Throws<InvalidOperationException>(() => journal.Append(Story.Whole[0].Event));
        Assert.Single(journal.Entries);
    }

    [Fact]
    public void Requests_and_backups_are_as_those_of_a_directory()
    {
        var journal = new MemoryJournal("run", Story.Plan, new StillTime());
        journal.Post(OperatorRequest.Pause, "kim");
        journal.Post(OperatorRequest.Resume, "kim");

        Assert.Equal(OperatorRequest.Pause, journal.NextRequest()?.Request);
        journal.Consume(journal.NextRequest()!);
        Assert.Equal(OperatorRequest.Resume, journal.NextRequest()?.Request);
        Assert.True(journal.BackUp("a", "1"u8.ToArray()));
        Assert.False(journal.BackUp("a", "2"u8.ToArray()));
    }
}
