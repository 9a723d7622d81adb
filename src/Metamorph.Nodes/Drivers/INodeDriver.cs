using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Acts on the machine that one Kafka node runs on: stages releases, stops and starts the process.</summary>
/// <remarks>
/// A driver knows machines, not Kafka: whether an action is safe is decided before it is called.
/// Every operation is idempotent. Repeated with the same arguments, after a crash at any point, it converges on
/// the same machine state and succeeds. Calls to one driver never overlap.
/// </remarks>
public interface INodeDriver : IAsyncDisposable
{
    /// <summary>The node this driver acts on.</summary>
    NodeId Node { get; }

    /// <summary>Reports what the machine holds and runs now. Changes nothing.</summary>
    /// <exception cref="NodeUnreachableException">The machine did not answer; nothing is known of it.</exception>
    Task<NodeObservation> ObserveAsync(CancellationToken cancellationToken);

    /// <summary>Judges whether <paramref name="release"/> could be started here: its directory is whole, Java is new enough.</summary>
    /// <returns>All that is missing; empty when nothing is.</returns>
    /// <exception cref="NodeUnreachableException">The machine did not answer; nothing is known of it.</exception>
    Task<IReadOnlyList<Finding>> CheckReleaseAsync(KafkaRelease release, int javaMin, CancellationToken cancellationToken);

    /// <summary>Asks the process for a controlled shutdown (SIGTERM) and waits for it to exit.</summary>
    /// <param name="pid">The life of the node that is to end; another pid is left alone.</param>
    /// <param name="patience">How long to wait. The process is never killed: past this, the answer is
    /// <see cref="StopOutcome.StillStopping"/> and the shutdown goes on.</param>
    /// <param name="cancellationToken">Stops the waiting, not the shutdown.</param>
    /// <exception cref="NodeUnreachableException">The process may or may not have been asked to stop.</exception>
    Task<StopOutcome> StopAsync(int pid, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Makes the node's home point to <paramref name="release"/> and starts its process. Does not wait for Kafka to serve.</summary>
    /// <returns>The pid of the process that runs now; of the one that ran already on that release, if one did.</returns>
    /// <exception cref="NodeStartException">It did not come up, or another release runs; the message has what it wrote last.</exception>
    /// <exception cref="NodeUnreachableException">The process may or may not have started.</exception>
    Task<int> StartAsync(KafkaRelease release, CancellationToken cancellationToken);

    /// <summary>What the node wrote to its log since <paramref name="from"/>, and where to go on reading.</summary>
    /// <param name="from">0, or a <see cref="LogExcerpt.Next"/>; past the end (the log was rotated) reading starts at the beginning.
    /// A read is limited: of a long log 0 gives the end, and from anywhere else several reads may be needed.</param>
    /// <exception cref="NodeUnreachableException">The machine did not answer.</exception>
    Task<LogExcerpt> ReadLogAsync(long from, CancellationToken cancellationToken);
}

/// <summary>How a stop ended.</summary>
public enum StopOutcome
{
    /// <summary>The process is gone.</summary>
    Stopped,

    /// <summary>It has been asked and has not ended yet; it will not be killed.</summary>
    StillStopping,
}

/// <summary>What a driver saw on a machine.</summary>
public sealed record NodeObservation
{
    /// <summary>The node's process; null when none runs.</summary>
    public required NodeProcess? Process { get; init; }

    /// <summary>More than one process runs with the node's config: nobody can say which one is meant.</summary>
    public IReadOnlyList<int> OtherPids { get; init; } = [];

    /// <summary>The release that home points to.</summary>
    public required Observed<KafkaRelease> Installed { get; init; }

    /// <summary>The node's <c>server.properties</c> as it is on its machine.</summary>
    public required ServerProperties Properties { get; init; }

    /// <summary>The epoch of the broker's present registration, as its own log tells; the wire does not.</summary>
    public Observed<long> RegistrationEpoch { get; init; }
}

/// <summary>Lines of a node's log.</summary>
/// <param name="Next">Where the next read goes on.</param>
public sealed record LogExcerpt(IReadOnlyList<string> Lines, long Next);

/// <summary>Something is wrong with the machine of a node.</summary>
public abstract class NodeException(NodeId node, string message, Exception? inner = null) : Exception(message, inner)
{
    public NodeId Node { get; } = node;
}

/// <summary>The machine did not answer. What was asked of it may or may not have happened.</summary>
public sealed class NodeUnreachableException(NodeId node, string message, Exception? inner = null)
    : NodeException(node, message, inner);

/// <summary>The node did not start. Nothing runs, or what ran before still does, as the message says.</summary>
public sealed class NodeStartException(NodeId node, string message) : NodeException(node, message);
