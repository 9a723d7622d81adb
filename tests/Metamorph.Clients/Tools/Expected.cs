namespace Metamorph.Clients.Tools;

/// <summary>What a tool has to say, as patterns without regard to case.</summary>
public sealed record Expected(params string[] Says)
{
    /// <summary>A refusal: the exit code is not 0.</summary>
    public bool Fails { get; init; }

    public string[] SaysNot { get; init; } = [];

    /// <summary>What it gets on its standard input.</summary>
    public string? Input { get; init; }
}
