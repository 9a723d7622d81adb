using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>What an executor needs of a run directory: the plan, the events so far, a place to add one, and the operator's requests.</summary>
/// <remarks>One executor holds it at a time. The file form is <see cref="RunDirectory"/>; a simulation has <see cref="MemoryJournal"/>.</remarks>
public interface IUpgradeJournal
{
    /// <summary>The run's name, for instance <c>2026-11-21T0930Z-orders-4.3.1</c>.</summary>
    string Run { get; }

    /// <summary>What was approved. It never changes.</summary>
    UpgradePlan Plan { get; }

    /// <summary>All that is certain so far, oldest first.</summary>
    IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>Adds an event. When it returns, the event is on the disk and survives a crash of the machine.</summary>
    /// <exception cref="IOException">It could not be written; the deed that it announces must not be done.</exception>
    JournalEntry Append(UpgradeEvent happened);

    /// <summary>The oldest request of the operator that is not yet consumed; null when there is none.</summary>
    /// <remarks>Looking changes nothing, but for a file that is no request: that one is moved aside, with a
    /// <see cref="UpgradeEvent.RequestRefused"/> in the journal. The executor appends <see cref="UpgradeEvent.RequestTaken"/> first and calls <see cref="Consume"/> then: a
    /// crash between the two takes the request twice, which every request allows.</remarks>
    PendingRequest? NextRequest();

    /// <summary>Removes a request that has been journaled.</summary>
    void Consume(PendingRequest request);

    /// <summary>Keeps a file below <c>backups/</c>, flushed. An existing one is left as it is: the first is the one from before.</summary>
    /// <returns>True when it was written now.</returns>
    bool BackUp(string name, ReadOnlyMemory<byte> content);
}

/// <summary>A request that waits in the run directory.</summary>
/// <param name="By">Who asked: user and host.</param>
/// <param name="Token">Where the store keeps it.</param>
public sealed record PendingRequest(OperatorRequest Request, string By, string Token);
