using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>One entry of <c>listeners</c> or <c>advertised.listeners</c>.</summary>
/// <param name="Name">In capitals, as Kafka compares them.</param>
/// <param name="Host">Null: every address of the machine.</param>
/// <param name="SecurityProtocol"><c>PLAINTEXT</c>, <c>SSL</c>, <c>SASL_PLAINTEXT</c> or <c>SASL_SSL</c>.</param>
public sealed record Listener(string Name, string? Host, int Port, string SecurityProtocol)
{
    public bool IsPlaintext => SecurityProtocol == "PLAINTEXT";

    public override string ToString() => $"{Name}://{new Endpoint(Host ?? "", Port)} ({SecurityProtocol})";
}

/// <summary>One entry of <c>controller.quorum.voters</c>.</summary>
public sealed record QuorumVoter(NodeId Id, Endpoint Endpoint);
