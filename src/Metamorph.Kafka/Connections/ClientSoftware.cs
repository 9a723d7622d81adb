using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Kafka.Connections;

/// <summary>How this build names itself to nodes, which count connections by it (KIP-511).</summary>
public static class ClientSoftware
{
    private const string Name = "metamorph";

    private const string Version = "0.1";

    /// <summary>Asks for a node's versions and features, and says who asks.</summary>
    public static ApiVersionsRequest AskForVersions() =>
        new() { ClientSoftwareName = Name, ClientSoftwareVersion = Version };
}
