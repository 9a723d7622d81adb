using Metamorph.Execution;
using Metamorph.Model;

namespace Metamorph.Cli;

/// <summary>How a command ends, for scripts. Documented in docs/operating/exit-codes.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Fault = 1;
    public const int BadInput = 2;
    public const int Refused = 3;
    public const int Blocked = 4;
    public const int Stopped = 5;
    public const int JournalDamaged = 6;
    public const int Unreachable = 7;
    public const int Held = 8;
    public const int AwaitingApproval = 9;

    /// <summary>For an upgrade that a finding forbids.</summary>
    public static int Of(PreparedUpgrade forbidden) => forbidden.IsUnreachable ? Unreachable : Refused;

    public static int Of(RunEnding ending) => ending switch
    {
        RunEnding.Done => Done,
        RunEnding.Blocked => Blocked,
        RunEnding.Refused => Refused,
        RunEnding.Stopped or RunEnding.Aborted => Stopped,
        RunEnding.AwaitingApproval => AwaitingApproval,
        RunEnding.Failed => Fault,
        RunEnding.Unreachable => Unreachable,
        _ => throw new InvalidOperationException($"no such ending: {ending}"),
    };
}
