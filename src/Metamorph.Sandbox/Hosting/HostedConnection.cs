using System.Threading.Tasks.Sources;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Sandbox;

/// <summary>One client's connection to a hosted core: asks, gets the answer, asks again.</summary>
public sealed class HostedConnection : IValueTaskSource<Output>
{
    private readonly Lock guard = new();
    private readonly CoreHost host;
    private readonly Action whenEnded;

    /// <summary>An answer never runs the asker inside the core's step: it is posted to the asker's scheduler.</summary>
    private ManualResetValueTaskSourceCore<Output> answer = new() { RunContinuationsAsynchronously = true };
    private bool isAsking;
    private Output.Ended? end;

    internal HostedConnection(
        CoreHost host, long id, ListenerId listener, string clientHost, Action whenEnded)
    {
        (this.host, this.whenEnded) = (host, whenEnded);
        Opened = new Input.Opened(id, listener, clientHost);
    }

    /// <summary>Its number, which no other connection has.</summary>
    public long Id => Opened.Connection;

    internal Input.Opened Opened { get; }

    /// <summary>Asks. The next request may be asked only after this has been answered.</summary>
    /// <returns><see cref="Output.Answered"/>, or <see cref="Output.Ended"/> where the node hangs up.</returns>
    public ValueTask<Output> AskAsync(RequestHeader header, IKafkaMessage? body)
    {
        lock (guard)
        {
            if (end is not null)
            {
                return ValueTask.FromResult<Output>(end);
            }

            if (isAsking)
            {
                throw new InvalidOperationException("the last request of this connection is not answered yet");
            }

            isAsking = true;
            answer.Reset();
        }

        var pending = new ValueTask<Output>(this, answer.Version);
        host.Submit(new Input.Asked(Id, header, body));
        return pending;
    }

    /// <summary>The client has gone.</summary>
    public void Close()
    {
        lock (guard)
        {
            if (end is not null)
            {
                return;
            }

            end = new Output.Ended(Id);
        }

        host.Submit(new Input.Closed(Id));
    }

    Output IValueTaskSource<Output>.GetResult(short token) => answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Output>.GetStatus(short token) => answer.GetStatus(token);

    void IValueTaskSource<Output>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        answer.OnCompleted(continuation, state, token, flags);

    /// <summary>Called by the host, one at a time.</summary>
    internal void Take(Output output)
    {
        bool wasAsking, isEnd;
        lock (guard)
        {
            isEnd = output is Output.Ended && end is null;
            end ??= output as Output.Ended;
            wasAsking = isAsking;
            isAsking = false;
        }

        if (wasAsking)
        {
            answer.SetResult(output);
        }
        else if (output is Output.Answered)
        {
            throw new InvalidOperationException($"connection {Id} is answered without having asked");
        }

        if (isEnd)
        {
            whenEnded();
        }
    }
}
