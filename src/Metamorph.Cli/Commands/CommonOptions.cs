using System.CommandLine;

namespace Metamorph.Cli;

/// <summary>Options that several commands share, each with one meaning.</summary>
internal static class CommonOptions
{
    public static Option<string> Cluster() => new("--cluster", "-c") { Description = "The cluster file.", HelpName = "FILE", Required = true };

    public static Option<string> To() => new("--to") { Description = "The release to reach, for instance 4.3.1.", HelpName = "RELEASE", Required = true };

    public static Option<string?> Releases() => new("--releases")
    {
        Description = "A directory of unpacked kafka_2.13-* archives; before releases: of the cluster file and METAMORPH_KAFKA_DISTS.",
        HelpName = "DIR",
    };

    public static Option<string> RunDir() => new("--run-dir")
    {
        Description = "Where runs are kept.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "runs",
    };

    public static Option<string> Format()
    {
        var option = new Option<string>("--format") { Description = "text, or json for machines.", DefaultValueFactory = _ => "text" };
        option.CompletionSources.Add("text", "json");
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is { } format and not ("text" or "json"))
            {
                given.AddError($"--format: '{format}', expected text or json");
            }
        });
        return option;
    }

    public static Option<string> Finalize() => new("--finalize")
    {
        Description = "When the features are raised, which closes the way back: ask, never, now, or after=30m.",
        HelpName = "WHEN",
        DefaultValueFactory = _ => "ask",
    };

    public static Option<string[]> AcceptUnavailable() => new("--accept-unavailable")
    {
        Description = "A topic that may be unavailable while one of its brokers restarts. May be given again.",
        HelpName = "TOPIC",
    };

    public static Argument<string?> Run() => new("RUN")
    {
        Description = "A run's name or directory; the latest when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
