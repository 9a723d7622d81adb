using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>Which Java a broker or controller of a release line runs on.</summary>
public static class JavaRules
{
    /// <summary>The oldest Java that starts it.</summary>
    public static Observed<int> MinimumFor(ReleaseLine line)
    {
        var facts = ReleaseCatalog.Find(line);
        return facts.IsKnown ? Observed<int>.Of(facts.Value.JavaMinimum) : Observed<int>.Unknown(facts.Why!);
    }

    /// <summary>The Java releases with long-term support that the line is tested with, lowest first.</summary>
    public static Observed<ImmutableArray<int>> SupportedBy(ReleaseLine line)
    {
        var facts = ReleaseCatalog.Find(line);
        return facts.IsKnown
            ? Observed<ImmutableArray<int>>.Of(facts.Value.JavaSupported)
            : Observed<ImmutableArray<int>>.Unknown(facts.Why!);
    }

    /// <summary>
    /// What is wrong with starting a node of <paramref name="line"/> on this Java; null when nothing is. Too old is
    /// a refusal; newer than, or between, what the line is tested with is a warning.
    /// </summary>
    /// <param name="line">The line that is to start.</param>
    /// <param name="javaMajor">8, 11, 17 …</param>
    /// <param name="subject">The node that it is about.</param>
    public static Finding? Judge(ReleaseLine line, int javaMajor, string subject)
    {
        var facts = ReleaseCatalog.Find(line);
        if (!facts.IsKnown)
        {
            return new Finding(
                FindingSeverity.Warning, "java-not-judged", subject,
                $"Java {javaMajor} for Kafka {line}", "a release line whose Java is known", $"{facts.Why}");
        }

        var supported = string.Join(", ", facts.Value.JavaSupported);
        if (javaMajor < facts.Value.JavaMinimum)
        {
            return new Finding(
                FindingSeverity.Refusal, "java-too-old", subject,
                $"Java {javaMajor}", $"Java {facts.Value.JavaMinimum} or newer for Kafka {line} (tested: {supported})",
                $"install Java {facts.Value.JavaSupported[^1]} on the node and point its JAVA_HOME there");
        }

        return facts.Value.JavaSupported.Contains(javaMajor)
            ? null
            : new Finding(
                FindingSeverity.Warning, "java-untested", subject,
                $"Java {javaMajor}", $"one of Java {supported}, which Kafka {line} is tested with",
                $"prefer Java {facts.Value.JavaSupported[^1]}");
    }
}
