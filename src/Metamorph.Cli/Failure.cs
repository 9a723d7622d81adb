using Metamorph.Journal;
using Metamorph.Kafka.Errors;
using Metamorph.Nodes;
using Metamorph.Observation;

namespace Metamorph.Cli;

/// <summary>Puts an exception into an exit code and one message. What nobody foresaw is a fault of ours, with the details in a file.</summary>
internal static class Failure
{
    public static (int Code, string Message) Of(Exception e) => e switch
    {
        CommandException command => (command.ExitCode, command.Message),
        ClusterFileException or RunDirectoryException => (ExitCode.BadInput, e.Message),
        JournalDamagedException => (ExitCode.JournalDamaged, e.Message),
        RunLockedException => (ExitCode.Held, e.Message),
        ClusterUnreachableException or NodeUnreachableException or KafkaConnectionException => (ExitCode.Unreachable, e.Message),
        OperationCanceledException => (ExitCode.Stopped, "interrupted"),
        _ => (ExitCode.Fault, $"{e.GetType().Name}: {e.Message}{Details(e)}"),
    };

    private static string Details(Exception e)
    {
        try
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("metamorph-fault-").FullName, "details.txt");
            File.WriteAllText(file, $"{Environment.CommandLine}{Environment.NewLine}{e}{Environment.NewLine}");
            return $" (details in {file})";
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return $"{Environment.NewLine}{e}";
        }
    }
}
