namespace Metamorph.Clients.Clusters;

/// <summary>A cluster whose brokers can be stopped and started, real or embedded.</summary>
public interface IClusterUnderTest : IAsyncDisposable
{
    /// <summary>What it is, as a file name: <c>kafka-3.9.2</c>.</summary>
    string Kind { get; }

    string Bootstrap { get; }

    /// <summary>For files of a test; gone with the cluster.</summary>
    string Folder { get; }

    /// <summary>The ids of its brokers, up or not.</summary>
    IReadOnlyList<int> Brokers { get; }

    /// <summary>Stops a broker as its operator would: a controlled shutdown, to its end.</summary>
    Task StopAsync(int broker);

    /// <summary>Starts a stopped broker on a release.</summary>
    Task StartAsync(int broker, string release);
}
