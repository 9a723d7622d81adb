using Metamorph.Kafka.Protocol;

namespace Metamorph.Sandbox;

/// <summary>
/// The transactional ids of one partition of <c>__transaction_state</c>, at the broker that leads it.
/// </summary>
internal sealed class TransactionShard : CoordinatorShard
{
    private readonly DateTimeOffset begun;

    public TransactionShard(World world, SandboxNode node, NodeLife life, SandboxPartition partition)
        : base(world, node, life, partition)
    {
        begun = world.Now;
        Settings = new CoordinatorSettings(world);
        Endings = new TransactionEndings(this);
        Markers = new TransactionMarkers(this);
    }

    public SortedDictionary<string, Transaction> Transactions { get; } = new(StringComparer.Ordinal);

    public CoordinatorSettings Settings { get; }

    public TransactionEndings Endings { get; }

    public TransactionMarkers Markers { get; }

    public Transaction? Find(string id) => Transactions.GetValueOrDefault(id);

    /// <summary>A transactional id that nobody has used yet; it is in the log once it becomes something.</summary>
    public Transaction Add(TransactionImage image) => Transactions[image.Id] = new Transaction(this, image);

    /// <summary>
    /// How long it is until the coordinator looks for late transactions again, if it is to be later than this.
    /// </summary>
    public TimeSpan NextCheckAfter(DateTimeOffset due)
    {
        var checks = Math.Floor((due - begun) / Settings.TransactionCheck) + 1;
        var next = begun + (checks * Settings.TransactionCheck);
        return next > World.Now ? next - World.Now : Settings.TransactionCheck;
    }

    protected override void Restore(CoordinatorEntry entry)
    {
        if (entry.Value is TransactionImage image)
        {
            Transactions[entry.Key] = new Transaction(this, image);
        }
        else
        {
            Transactions.Remove(entry.Key);
        }
    }

    protected override void Begin()
    {
        foreach (var transaction in Transactions.Values)
        {
            transaction.GoOn();
        }
    }

    protected override void Resign()
    {
        // Whoever waits, waits for the log, which answers by itself.
    }
}
