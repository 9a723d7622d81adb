using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Metamorph.Sandbox;

/// <summary>A mailbox before a core: whoever submits first steps it, for all who submit meanwhile.</summary>
/// <remarks>
/// There is no thread for the core alone. A request that nobody else's is before is answered on its own thread, without
/// a switch; and what is submitted from within a step waits until that step is over.
/// </remarks>
public abstract class CoreHost : ICoreHost
{
    private readonly ConcurrentQueue<object> mailbox = new();
    private readonly Dictionary<long, HostedConnection> connections = [];
    private readonly ISteppedCore core;
    private readonly Action whatIsNearlyDue;
    private ImmutableDictionary<ListenerId, ListenerMode> modes;
    private DateTimeOffset? armedFor;
    private long lastConnection;
    private int isStepping;
    private bool isStopped;

    /// <param name="core">What to run.</param>
    /// <param name="listeners">All the listeners it has.</param>
    protected CoreHost(ISteppedCore core, IEnumerable<ListenerId> listeners)
    {
        this.core = core;
        modes = listeners.ToImmutableDictionary(listener => listener, core.ModeOf);
        whatIsNearlyDue = () => Step(new Input.Tick(), Now + Grain);
    }

    public event Action<Output.Turned>? Turned;

    /// <summary>The cluster's time.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>How many pieces of work one submitter does for others before the rest goes elsewhere.</summary>
    protected abstract int Patience { get; }

    public void Submit(Input input) => Enqueue(input);

    public HostedConnection Connect(ListenerId listener, string clientHost, Action whenEnded)
    {
        var connection = new HostedConnection(
            this, Interlocked.Increment(ref lastConnection), listener, clientHost, whenEnded);
        Enqueue(connection);
        return connection;
    }

    public Task<T> AskAsync<T>(Func<T> read)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(() => Answer(answer, read));
        return answer.Task;
    }

    public ListenerMode ModeOf(ListenerId listener) => Volatile.Read(ref modes)[listener];

    /// <summary>What is due within this is done at once, for a timer would come later than that.</summary>
    protected abstract TimeSpan Grain { get; }

    /// <inheritdoc/>
    public abstract void Report(Exception error);

    /// <summary>Has <see cref="Wake"/> called when the time has come; null: not at all.</summary>
    protected abstract void SetTimer(DateTimeOffset? next);

    /// <summary>Lets the core do what is due.</summary>
    protected void Wake() => Enqueue(() =>
    {
        armedFor = null;
        Step(new Input.Tick());
    });

    /// <summary>Has <see cref="StepOn"/> called later by somebody else.</summary>
    protected abstract void HandOver();

    /// <summary>Goes on where a submitter has handed over.</summary>
    protected void StepOn()
    {
        do
        {
            var left = Patience;
            while (left-- > 0 && mailbox.TryDequeue(out var work))
            {
                Do(work);
            }

            if (!mailbox.IsEmpty)
            {
                HandOver();
                return;
            }

            if (core.NextTimer <= Now + Grain)
            {
                Do(whatIsNearlyDue);
            }

            ArmTimer();
            Interlocked.Exchange(ref isStepping, 0);
        }
        while (!mailbox.IsEmpty && TryBegin());
    }

    /// <summary>Ends every connection; nothing happens to the cluster any more.</summary>
    protected void Stop() => Enqueue(() =>
    {
        isStopped = true;
        foreach (var connection in connections.Values.ToList())
        {
            connection.Take(new Output.Ended(connection.Id));
        }

        connections.Clear();
    });

    private void ArmTimer()
    {
        var next = isStopped ? null : core.NextTimer;
        if (next != armedFor)
        {
            armedFor = next;
            SetTimer(next);
        }
    }

    private void Enqueue(object work)
    {
        mailbox.Enqueue(work);
        if (TryBegin())
        {
            StepOn();
        }
    }

    private void Enqueue(Action act) => Enqueue((object)act);

    private bool TryBegin() => Interlocked.CompareExchange(ref isStepping, 1, 0) == 0;

    private void Do(object work)
    {
        try
        {
            switch (work)
            {
                case Action act:
                    act();
                    break;
                case HostedConnection { Id: var id } connection when isStopped:
                    connection.Take(new Output.Ended(id));
                    break;
                case HostedConnection connection:
                    connections.Add(connection.Id, connection);
                    Step(connection.Opened);
                    break;
                case Input input:
                    Step(input);
                    break;
            }
        }
        catch (Exception e)
        {
            Stop();
            Report(e);
        }
    }

    private void Step(Input input) => Step(input, Now);

    private void Step(Input input, DateTimeOffset now)
    {
        if (isStopped)
        {
            return;
        }

        if (input is Input.Closed closed)
        {
            connections.Remove(closed.Connection);
        }

        // Listeners first: how a connection ends depends on whether its process is still there.
        var outputs = core.Step(now, input);
        for (var index = 0; index < outputs.Count; index++)
        {
            if (outputs[index] is Output.Turned turned)
            {
                Volatile.Write(ref modes, modes.SetItem(turned.Listener, turned.Mode));
                Turned?.Invoke(turned);
            }
        }

        for (var index = 0; index < outputs.Count; index++)
        {
            Carry(outputs[index]);
        }
    }

    private void Carry(Output output)
    {
        switch (output)
        {
            case Output.Turned:
                break;
            case Output.Answered answered:
                connections.GetValueOrDefault(answered.Connection)?.Take(answered);
                break;
            case Output.Ended ended when connections.Remove(ended.Connection, out var connection):
                connection.Take(ended);
                break;
            case Output.Ended:
                break;
            default:
                throw new InvalidOperationException($"no such output: {output}");
        }
    }

    private void Answer<T>(TaskCompletionSource<T> answer, Func<T> read)
    {
        if (isStopped)
        {
            answer.SetException(new ObjectDisposedException(GetType().Name));
            return;
        }

        try
        {
            answer.SetResult(read());
        }
        catch (Exception e)
        {
            // The question is wrong, and not the cluster: whoever asked hears of it.
            answer.SetException(e);
        }
    }
}
