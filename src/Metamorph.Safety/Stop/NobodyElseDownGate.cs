using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>One node at a time: every other node of the cluster file must run and serve.</summary>
internal sealed class NobodyElseDownGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question) =>
        question.Now.Nodes.Values
            .Where(node => node.IsConfigured && node.Id != question.Node)
            .Select(NodeHealth.ObjectionTo)
            .OfType<Objection>();
}
