namespace Metamorph.Clients.Programs;

/// <summary>What one line that a client wrote means.</summary>
public abstract record ClientLine
{
    private protected ClientLine()
    {
    }

    /// <summary>The cluster acknowledged a record.</summary>
    /// <param name="Number">The record's number; null where a client names the place only.</param>
    /// <param name="Offset">Null where the cluster did not say, as for a repeated send it already had.</param>
    public sealed record Acknowledged(long? Number, int Partition, long? Offset) : ClientLine;

    /// <summary>The client gave a record up: the application was told so.</summary>
    public sealed record GaveUp(string Reason) : ClientLine;

    /// <summary>The client's process died by itself, and was started again as an operator's supervisor would.</summary>
    public sealed record Restarted(string Reason) : ClientLine;

    /// <summary>The client handed a record to the application.</summary>
    public sealed record Read(long Number, int Partition, long Offset) : ClientLine;
}
