namespace Metamorph.Nodes;

/// <summary>One life of a process: the kernel may give the pid to another one later, never with the same start.</summary>
/// <param name="StartTicks">Clock ticks from boot to its start.</param>
internal readonly record struct ProcessLife(int Pid, long StartTicks);

/// <summary>What <c>/proc/PID/stat</c> tells of a process.</summary>
/// <param name="IsKernelThread">It never has a command line.</param>
internal readonly record struct ProcessStatus(
    ProcessLife Life, int Parent, char State, int Threads, string Command, bool IsKernelThread)
{
    /// <summary>It has ended and waits to be reaped. A zombie with more threads has not: they still hold its files.</summary>
    public bool HasEnded => State is 'X' or 'x' || (State == 'Z' && Threads <= 1);
}

/// <summary>A process that was started with a node's config.</summary>
/// <param name="Arguments">Its command line.</param>
/// <param name="IsLauncher">Still a start script: the JVM takes its place, or becomes its child, in a moment.</param>
internal sealed record KafkaProcess(ProcessStatus Status, string[] Arguments, bool IsLauncher)
{
    public ProcessLife Life => Status.Life;

    public int Pid => Status.Life.Pid;
}
