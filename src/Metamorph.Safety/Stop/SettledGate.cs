using Metamorph.Model;

namespace Metamorph.Safety;

/// <summary>A node that runs but does not serve is left alone: it may be recovering its logs, and a restart would throw that work away.</summary>
internal sealed class SettledGate : IStopGate
{
    public IEnumerable<Objection> Judge(StopQuestion question) =>
        question.Now.Nodes.TryGetValue(question.Node, out var node)
            ? NodeHealth.ObjectionTo(node) is { } objection ? [objection] : []
            : [new Objection.NotKnown($"node {question.Node}", "it is not in the snapshot")];
}
