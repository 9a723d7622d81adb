namespace Metamorph.Clients.Programs;

/// <summary>One real Kafka client, unmodified, that writes numbered records with <c>acks=all</c> and reads them in a
/// group.</summary>
public interface IClientUnderTest
{
    string Name { get; }

    /// <summary>As the installed client tells it.</summary>
    string Version { get; }

    /// <summary>Whether it produces idempotently: then nothing may be in the log twice or out of order.</summary>
    bool IsIdempotent { get; }

    /// <summary>Whether it gives records up when leaders change, on real Kafka too: a fact for the table, and no fault
    /// of a cluster.</summary>
    bool GivesUp => false;

    /// <summary>Writes 0, 1, 2, … in this order.</summary>
    ClientCall Producer(ClientTask task);

    ClientCall Consumer(ClientTask task);
}
