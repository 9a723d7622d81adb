namespace Metamorph.Model;

/// <summary>A fact that was read, or the reason why it could not be. What is not known is never taken for safe.</summary>
/// <remarks>The default value is unknown: a fact that nobody set was not read.</remarks>
public readonly struct Observed<T>
{
    private readonly T value;
    private readonly string? why;

    private Observed(T value, bool isKnown, string? why)
    {
        this.value = value;
        IsKnown = isKnown;
        this.why = why;
    }

    public bool IsKnown { get; }

    /// <summary>What was read.</summary>
    /// <exception cref="InvalidOperationException">It is not known; ask <see cref="IsKnown"/> first.</exception>
    public T Value => IsKnown ? value : throw new InvalidOperationException($"not known: {Why}");

    /// <summary>Why it is not known; null when it is.</summary>
    public string? Why => IsKnown ? null : why ?? "it was not read";

    public static Observed<T> Of(T value) => new(value, isKnown: true, why: null);

    public static Observed<T> Unknown(string why) => new(default!, isKnown: false, why);

    /// <summary>The value, or <paramref name="otherwise"/> where it is not known. For showing, never for judging.</summary>
    public T? Or(T? otherwise) => IsKnown ? value : otherwise;

    public override string ToString() => IsKnown ? $"{value}" : $"unknown ({Why})";
}
