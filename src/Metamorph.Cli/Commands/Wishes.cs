using System.Collections.Immutable;
using System.Globalization;
using Metamorph.Execution;
using Metamorph.Model;

namespace Metamorph.Cli;

/// <summary>Reads what the operator wants from the words of the command line.</summary>
internal static class Wishes
{
    /// <summary>Far longer than any upgrade, and short enough for every timer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10_000);

    /// <exception cref="CommandException">A word is not what it should be.</exception>
    public static UpgradeWish Of(ClusterSession session, ImmutableArray<Finding> onMachines, UpgradeWords words) => new()
    {
        Cluster = session.File.Name,
        Target = TargetOf(words.To),
        Finalize = PolicyOf(words.Finalize),
        AcceptedUnavailable = [.. words.AcceptUnavailable],
        LagLimits = session.File.Limits.MaxGroupLag,
        OnMachines = onMachines,
    };

    public static KafkaRelease TargetOf(string text) =>
        KafkaRelease.TryParse(text, out var release)
            ? release
            : throw new CommandException(ExitCode.BadInput, $"--to: '{text}' is no release, expected one like 4.3.1");

    public static FinalizePolicy PolicyOf(string text) => text switch
    {
        "ask" => FinalizePolicy.Ask,
        "never" => FinalizePolicy.Never,
        "now" => FinalizePolicy.Now,
        _ when text.StartsWith("after=", StringComparison.Ordinal) && DurationOf(text["after=".Length..]) is { } soak => new FinalizePolicy(FinalizeMode.After, soak),
        _ => throw new CommandException(ExitCode.BadInput, $"--finalize: '{text}', expected ask, never, now, or after= with a time like 30m"),
    };

    /// <summary>Reads <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>; null: it is none.</summary>
    public static TimeSpan? DurationOf(string text)
    {
        if (text.Length < 2 || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        double? seconds = text[^1] switch
        {
            's' => number,
            'm' => number * 60,
            'h' => number * 3600,
            'd' => number * 86_400,
            _ => null,
        };

        // NaN is not less than anything, and no timer holds more.
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value) : null;
    }
}

/// <summary>The words of an upgrade as they were typed.</summary>
internal sealed record UpgradeWords(string To, string Finalize, IReadOnlyList<string> AcceptUnavailable)
{
    /// <summary>The words that an approved plan was made from.</summary>
    public static UpgradeWords Of(UpgradePlan approved) => new(
        approved.To.ToString(),
        approved.Finalize.Mode switch
        {
            FinalizeMode.Ask => "ask",
            FinalizeMode.Never => "never",
            FinalizeMode.Now => "now",
            FinalizeMode.After => string.Create(CultureInfo.InvariantCulture, $"after={approved.Finalize.Soak.TotalSeconds}s"),
            _ => throw new InvalidOperationException($"no such mode: {approved.Finalize.Mode}"),
        },
        [.. approved.AcceptedUnavailable]);
}
