using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>Whether one node runs and serves, with the missing part named.</summary>
internal static class NodeHealth
{
    /// <returns>What is missing; null when the node runs, answers on every listener and its broker is unfenced.</returns>
    public static Objection? ObjectionTo(Node node)
    {
        if (!node.Process.IsKnown)
        {
            return new Objection.NotKnown($"the process of node {node.Id}", node.Process.Why!);
        }

        if (node.Process.Value is null)
        {
            return new Objection.NodeDown(node.Id);
        }

        if (node.IsBroker && !node.Registration.IsKnown)
        {
            return new Objection.NotKnown($"the registration of broker {node.Id}", node.Registration.Why!);
        }

        if (node.IsBroker && node.Registration.Value != BrokerRegistration.Unfenced)
        {
            return new Objection.NotRegistered(node.Id, node.Registration.Value);
        }

        if (node.IsBroker && !node.BrokerAnswer.IsKnown)
        {
            return new Objection.NodeNotServing(node.Id, $"its client listener: {node.BrokerAnswer.Why}");
        }

        if (node.IsController && !node.ControllerAnswer.IsKnown)
        {
            return new Objection.NodeNotServing(node.Id, $"its controller listener: {node.ControllerAnswer.Why}");
        }

        return null;
    }
}
