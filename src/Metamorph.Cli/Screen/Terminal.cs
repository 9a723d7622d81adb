namespace Metamorph.Cli;

/// <summary>The one way to speak to a person. Under <c>--format json</c> stdout belongs to machines, and words go to stderr.</summary>
#pragma warning disable RS0030 // Console is the CLI's business, and only here.
internal sealed class Terminal(bool isJson)
{
    public bool IsJson => isJson;

    /// <summary>A person looks at stdout and can be asked.</summary>
    public bool IsInteractive => !isJson && !Console.IsOutputRedirected && !Console.IsInputRedirected;

    public void Say(string text) => (isJson ? Console.Error : Console.Out).WriteLine(text);

    public static void Warn(string text) => Console.Error.WriteLine(text);

    /// <summary>A document or an event for a machine, one line.</summary>
    public static void Emit(string json)
    {
        Console.Out.WriteLine(json);
        Console.Out.Flush();
    }

    /// <summary>Asks a question that only yes answers.</summary>
    public static bool Confirm(string question)
    {
        Console.Out.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
#pragma warning restore RS0030
