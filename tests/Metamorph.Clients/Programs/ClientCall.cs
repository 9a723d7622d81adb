namespace Metamorph.Clients.Programs;

/// <summary>How one side of a client is run: a program that ends in good order when its standard input does.</summary>
/// <param name="Understand">What a line of its output means; null for one that says nothing about a record.</param>
public sealed record ClientCall(string Program, IReadOnlyList<string> Arguments, Func<string, ClientLine?> Understand)
{
    /// <summary>How many numbers a second it wants on its standard input; null for a program that counts
    /// itself.</summary>
    public int? NumbersPerSecond { get; init; }

    /// <summary>A call of a program that ends at SIGTERM, which it gets when standard input ends.</summary>
    public static ClientCall UntilEnd(
        string program, IEnumerable<string> arguments, Func<string, ClientLine?> understand) =>
        new(ClientFiles.Path("until-eof.sh"), [program, .. arguments], understand);
}
