using Metamorph.Journal;
using Metamorph.Model;

namespace Metamorph.Cli;

/// <summary>A journal that lets somebody hear every event in the moment it is certain, those of earlier executors first.</summary>
internal sealed class TappedJournal : IUpgradeJournal
{
    private readonly IUpgradeJournal journal;
    private readonly Action<JournalEntry> heard;

    public TappedJournal(IUpgradeJournal journal, Action<JournalEntry> heard)
    {
        this.journal = journal;
        this.heard = heard;
        foreach (var entry in journal.Entries)
        {
            heard(entry);
        }
    }

    public string Run => journal.Run;

    public UpgradePlan Plan => journal.Plan;

    public IReadOnlyList<JournalEntry> Entries => journal.Entries;

    public JournalEntry Append(UpgradeEvent happened)
    {
        var entry = journal.Append(happened);
        heard(entry);
        return entry;
    }

    public PendingRequest? NextRequest() => journal.NextRequest();

    public void Consume(PendingRequest request) => journal.Consume(request);

    public bool BackUp(string name, ReadOnlyMemory<byte> content) => journal.BackUp(name, content);
}
