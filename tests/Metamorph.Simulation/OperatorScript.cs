using Metamorph.Journal;
using Metamorph.Model;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>Lets the operator of a schedule ask what is to be asked of a run, and Metamorph's machine die when it is to die.</summary>
internal sealed class OperatorScript(Operator script, VirtualTime time, Invariants invariants, Action<string> tell)
{
    /// <summary>How long a run without approval waits before the operator ends it.</summary>
    private static readonly TimeSpan Waits = TimeSpan.FromSeconds(40);

    private int written;

    /// <summary>The run has waited in vain: it is to halt.</summary>
    public CancellationTokenSource Halt { get; private set; } = new();

    /// <summary>Is told of each journal write once it is kept, by its number in the whole run.</summary>
    public Action<int> Written { get; set; } = static _ => { };

    /// <summary>Begins when the run is planned.</summary>
    public void Begin(MemoryJournal journal)
    {
        invariants.IsApproved = script.Finalize.Mode is FinalizeMode.Now or FinalizeMode.After;
        journal.BeforeAppend = _ => Write(isBefore: true);
        journal.AfterAppend = entry =>
        {
            AfterEvent(entry.Event);
            Write(isBefore: false);
        };
        if (script is { Finalize.Mode: FinalizeMode.Ask, Approves: { } approves })
        {
            time.In(approves, () =>
            {
                invariants.IsApproved = true;
                Post(journal, OperatorRequest.Approve);
            });
        }

        if (script.Pause is { } pause)
        {
            time.In(pause.At, () => Post(journal, OperatorRequest.Pause));
            time.In(pause.At + pause.Lasts, () => Post(journal, OperatorRequest.Resume));
        }
    }

    private void Post(MemoryJournal journal, OperatorRequest request)
    {
        tell($"the operator asks: {request}");
        journal.Post(request, "operator");
    }

    private void Write(bool isBefore)
    {
        if (isBefore)
        {
            written++;
        }
        else
        {
            Written(written);
        }

        if (script.Deaths.Contains((written, isBefore)))
        {
            throw new PowerLoss();
        }
    }

    private void AfterEvent(UpgradeEvent happened)
    {
        if (script.WaitsForEver && happened is UpgradeEvent.StepWaiting { Gate: GateNames.Approval })
        {
            HaltLater();
        }
    }

    /// <summary>What was asked of a process is forgotten with it: the next one waits anew.</summary>
    public void Ended()
    {
        if (Halt.IsCancellationRequested)
        {
            Halt.Dispose();
            Halt = new CancellationTokenSource();
            HaltLater();
        }
    }

    private void HaltLater() => time.In(Waits, () => Halt.Cancel());
}

/// <summary>Metamorph's machine loses power.</summary>
internal sealed class PowerLoss() : IOException("the power went");
