namespace Metamorph.Sandbox;

/// <summary>Runs a core for real clients, at the wall clock's pace or a multiple of it.</summary>
public sealed class LiveHost : CoreHost, IThreadPoolWorkItem, IDisposable
{
    /// <summary>
    /// As many as one submitter answers for others before it goes on with its own: some tens of microseconds.
    /// </summary>
    private const int PatienceWithOthers = 64;

    private readonly ClockPace pace;
    private readonly Action<Exception> report;
    private readonly FineTimer timer;

    /// <param name="core">What to run.</param>
    /// <param name="listeners">All the listeners it has.</param>
    /// <param name="pace">Its time.</param>
    /// <param name="report">Hears of errors of the sandbox itself, on any thread.</param>
    public LiveHost(ISteppedCore core, IEnumerable<ListenerId> listeners, ClockPace pace, Action<Exception> report)
        : base(core, listeners)
    {
        (this.pace, this.report) = (pace, report);
        timer = new FineTimer(pace.Time, Wake);
        Wake();
    }

    public override DateTimeOffset Now => pace.Now;

    protected override int Patience => PatienceWithOthers;

    /// <summary>Two nodes are a third of a millisecond apart: to wait for each hop would make them several times as far.</summary>
    protected override TimeSpan Grain => pace.Grain;

    public override void Report(Exception error) => report(error);

    /// <summary>Ends every connection. What is submitted later is ignored.</summary>
    public void Dispose()
    {
        Stop();
        timer.Dispose();
    }

    void IThreadPoolWorkItem.Execute() => StepOn();

    protected override void SetTimer(DateTimeOffset? next) =>
        timer.Change(next is { } due ? pace.Until(due) : Timeout.InfiniteTimeSpan);

    protected override void HandOver() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
