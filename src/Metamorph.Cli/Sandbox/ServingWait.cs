using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Cli;

/// <summary>Waits until a node's listener opens. Made before the node is started, so that nothing is missed.</summary>
internal sealed class ServingWait : IDisposable
{
    private readonly LiveSandbox sandbox;
    private readonly ListenerId listener;
    private readonly TaskCompletionSource<bool> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServingWait(LiveSandbox sandbox, NodeId node)
    {
        this.sandbox = sandbox;
        var isBroker = sandbox.Core.Topology.Nodes.Single(spec => spec.Id == node).IsBroker;
        listener = new ListenerId(node, isBroker ? ListenerKind.Broker : ListenerKind.Controller);
        sandbox.Host.Turned += Hear;
    }

    /// <returns>False: it has not opened in time.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var late = either.Token.Register(() => opened.TrySetResult(false));
        return await opened.Task;
    }

    public void Dispose() => sandbox.Host.Turned -= Hear;

    private void Hear(Output.Turned turned)
    {
        if (turned.Listener == listener && turned.Mode == ListenerMode.Open)
        {
            opened.TrySetResult(true);
        }
    }
}
