using Metamorph.RealKafka;

namespace Metamorph.Sessions;

/// <summary>An operator at a shell: types a command, reads what it says and how it ended.</summary>
internal static class Operator
{
    // A command that needs no cluster takes a fraction of a second; this is for a machine that is very busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Session> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        await using var metamorph = MetamorphProcess.Start(folder, arguments);
        var code = await metamorph.WaitForExitAsync(Patience);
        return new Session(code, Text(metamorph.Output), Text(metamorph.Error));
    }

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines).TrimEnd();
}

/// <summary>One command from its start to its end.</summary>
internal sealed record Session(int ExitCode, string Output, string Error);
