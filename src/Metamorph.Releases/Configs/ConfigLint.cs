using Metamorph.Model;

namespace Metamorph.Releases;

/// <summary>What becomes of a node's or a topic's configuration on the way from one release line to another.</summary>
public static class ConfigLint
{
    // A topic keeps an override whatever line wrote it, and it harms as long as it is there.
    private static readonly ReleaseLine Ever = new(0, 0);

    /// <summary>
    /// Judges a <c>server.properties</c>. A key that Kafka will silently ignore is a note, or a warning where
    /// something is lost with it; what keeps the node from starting is a refusal.
    /// </summary>
    /// <param name="properties">The file's keys and values.</param>
    /// <param name="from">The line that runs.</param>
    /// <param name="to">The line that is to run. For an unknown one the newest rules hold.</param>
    /// <param name="subject">The node or the file.</param>
    public static IReadOnlyList<Finding> LintServerProperties(
        IReadOnlyDictionary<string, string> properties, ReleaseLine from, ReleaseLine to, string subject) =>
    [
        .. Removed(RemovedConfigs.OfBrokers, properties, from, to).Select(found => IgnoredKey(found, properties, to, subject)),
        .. NumberRule.OfBrokers.Select(rule => rule.Judge(properties, to, subject)).OfType<Finding>(),
        .. ServerPropertyRules.Judge(properties, from, to, subject),
    ];

    /// <summary>
    /// Judges a topic's overrides. A removed one is a warning: it stays stored, and on some releases every later change
    /// of the topic fails for it, the throttle lists of a reassignment included.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="overrides">The configs that are set on the topic itself.</param>
    /// <param name="from">The line that runs.</param>
    /// <param name="to">The line that is to run.</param>
    public static IReadOnlyList<Finding> LintTopicOverrides(
        string topic, IReadOnlyDictionary<string, string> overrides, ReleaseLine from, ReleaseLine to) =>
    [
        .. Removed(RemovedConfigs.OfTopics, overrides, Ever, to).Select(found => Leftover(found, overrides, from, topic)),
        .. NumberRule.OfTopics.Select(rule => rule.Judge(overrides, to, topic)).OfType<Finding>(),
    ];

    // What a file's node ignored already changes nothing now.
    private static IEnumerable<RemovedConfig> Removed(
        IEnumerable<RemovedConfig> table, IReadOnlyDictionary<string, string> present, ReleaseLine after, ReleaseLine to) =>
        table.Where(key => key.RemovedIn > after && key.RemovedIn <= to && present.ContainsKey(key.Name));

    private static Finding IgnoredKey(
        RemovedConfig key, IReadOnlyDictionary<string, string> properties, ReleaseLine to, string subject) =>
        new(
            key.Loss.Length > 0 ? FindingSeverity.Warning : FindingSeverity.Note,
            "config-removed", subject,
            $"{key.Name}={Shown(key.Name, properties[key.Name])}",
            $"no {key.Name}: removed in {key.RemovedIn}, {to} ignores it without a word"
                + (key.Loss.Length > 0 ? $"; {key.Loss}" : ""),
            key.Replacement.Length > 0 ? $"use {key.Replacement}" : "remove the line after the upgrade");

    private static Finding Leftover(
        RemovedConfig key, IReadOnlyDictionary<string, string> overrides, ReleaseLine from, string topic) =>
        new(
            FindingSeverity.Warning, "topic-override-removed", topic,
            $"{key.Name}={overrides[key.Name]}",
            $"no override {key.Name}: removed in {key.RemovedIn}; left behind, it makes every later change of the topic "
                + "fail on 4.0.0 to 4.0.2, 4.1.0 to 4.1.2 and 4.2.0 (KAFKA-19851)"
                + (key.Loss.Length > 0 ? $"; {key.Loss}" : ""),
            (from < key.RemovedIn
                ? $"delete the override while the cluster still runs {from}"
                : "delete the override; a change that deletes it is accepted on every release")
                + (key.Replacement.Length > 0 ? $", and set {key.Replacement} instead" : ""));

    // Findings go into reports and journals; a secret must not.
    private static string Shown(string name, string value) =>
        name.Contains("secret", StringComparison.Ordinal) || name.Contains("password", StringComparison.Ordinal)
            || name.Contains("key", StringComparison.Ordinal)
            ? "(hidden)"
            : value;
}
