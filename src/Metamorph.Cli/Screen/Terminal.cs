namespace Metamorph.Cli;

/// <summary>The one way to speak to a person. Under <c>--format json</c> stdout belongs to machines, and words go to stderr.</summary>
#pragma warning disable RS0030 // Console is the CLI's business, and only here.
internal sealed class Terminal(bool isJson)
{
    // Console.In would block whoever reads from it asynchronously.
    private static readonly Lazy<StreamReader> Input = new(() => new StreamReader(Console.OpenStandardInput()));

    public bool IsJson => isJson;

    /// <summary>A person looks at stdout and can be asked.</summary>
    public bool IsInteractive => !isJson && !Console.IsOutputRedirected && !Console.IsInputRedirected;

    public void Say(string text) => Write(isJson ? Console.Error : Console.Out, text);

    public static void Warn(string text) => Write(Console.Error, text);

    /// <summary>A document or an event for a machine, one line.</summary>
    public static void Emit(string json) => Write(Console.Out, json);

    /// <summary>Asks a question that only yes answers.</summary>
    public static bool Confirm(string question)
    {
        Console.Out.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>The next line of stdin; null at its end. A reader that waits is left behind when the waiting is cancelled.</summary>
    public static ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => Input.Value.ReadLineAsync(cancellationToken);

    /// <summary>A terminal or a pipe that is gone must not end an upgrade: what would have been said is in the journal.</summary>
    private static void Write(TextWriter writer, string text)
    {
        try
        {
            writer.WriteLine(text);
            writer.Flush();
        }
        catch (IOException)
        {
            // Nobody is there to be told.
        }
    }
}
#pragma warning restore RS0030
