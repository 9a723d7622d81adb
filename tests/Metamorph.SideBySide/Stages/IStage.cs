using Metamorph.Kafka.Connections;
using Metamorph.Model;

namespace Metamorph.SideBySide.Stages;

/// <summary>A running cluster that a story is played on: real processes, or the sandbox.</summary>
/// <remarks>
/// All else that a story does goes over the wire, through <see cref="Transport"/> and <see cref="Time"/>, so that the
/// same code plays on both.
/// </remarks>
public interface IStage : IAsyncDisposable
{
    /// <summary>The clock of the cluster and of the story.</summary>
    TimeProvider Time { get; }

    ITransport Transport { get; }

    /// <summary>The brokers that were set up, whether they run or not.</summary>
    IReadOnlyList<int> Brokers { get; }

    /// <summary>Where clients find a broker, whether it runs or not.</summary>
    Endpoint EndpointOf(int broker);

    /// <summary>Starts a node that does not run, on another release if one is named; returns once it serves.</summary>
    Task StartAsync(int node, string? release = null);

    /// <summary>Asks a node for a controlled shutdown (SIGTERM), and returns once its process has ended.</summary>
    Task StopAsync(int node);

    /// <summary>Ends a node's process as kill -9 does.</summary>
    Task KillAsync(int node);
}
