using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>A run that is kept in memory, for simulations. It outlives its executors as a directory would.</summary>
public sealed class MemoryJournal(string run, UpgradePlan plan, TimeProvider time) : IUpgradeJournal
{
    private readonly List<JournalEntry> entries = [];
    private readonly List<PendingRequest> requests = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> backups = [];
    private int posted;

    public string Run => run;

    public UpgradePlan Plan => plan;

    public IReadOnlyList<JournalEntry> Entries => entries;

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Backups => backups;

    /// <summary>Called before an event is kept. What it throws is a crash that lost the event.</summary>
    public Action<UpgradeEvent>? BeforeAppend { get; set; }

    /// <summary>Called when an event is kept. What it throws is a crash right behind the write.</summary>
    public Action<JournalEntry>? AfterAppend { get; set; }

    public JournalEntry Append(UpgradeEvent happened)
    {
        BeforeAppend?.Invoke(happened);
        var now = JournalLine.Kept(time.GetUtcNow());
        var entry = new JournalEntry(
            entries.Count + 1, entries.Count > 0 && entries[^1].At > now ? entries[^1].At : now, happened);
        entries.Add(entry);
        AfterAppend?.Invoke(entry);
        return entry;
    }

    /// <summary>Asks something of the run, as <see cref="RunRequests.Post"/> does of a directory.</summary>
    public void Post(OperatorRequest request, string by) => requests.Add(new PendingRequest(request, by, $"{++posted}"));

    public PendingRequest? NextRequest() => requests.Count == 0 ? null : requests[0];

    public void Consume(PendingRequest request) => requests.RemoveAll(waiting => waiting.Token == request.Token);

    public bool BackUp(string name, ReadOnlyMemory<byte> content) => backups.TryAdd(name, content.ToArray());
}
