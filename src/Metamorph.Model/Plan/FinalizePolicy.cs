namespace Metamorph.Model;

/// <summary>When the finalisation, which closes the way back, may happen.</summary>
/// <param name="Mode">Who decides.</param>
/// <param name="Soak">For <see cref="FinalizeMode.After"/>: how long all nodes must have run on the target before.</param>
public sealed record FinalizePolicy(FinalizeMode Mode, TimeSpan Soak = default)
{
    public static FinalizePolicy Ask { get; } = new(FinalizeMode.Ask);

    public static FinalizePolicy Now { get; } = new(FinalizeMode.Now);

    public static FinalizePolicy Never { get; } = new(FinalizeMode.Never);
}

/// <summary>Who decides on the finalisation.</summary>
public enum FinalizeMode
{
    /// <summary>The operator, at the terminal or by <c>metamorph approve</c>.</summary>
    Ask,

    /// <summary>Nobody: the run ends with the features as they were.</summary>
    Never,

    /// <summary>The operator has, by starting the run with it.</summary>
    Now,

    /// <summary>It follows by itself after a soak.</summary>
    After,
}
