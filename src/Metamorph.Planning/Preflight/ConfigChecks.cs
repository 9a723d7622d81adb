using Metamorph.Model;
using Metamorph.Releases;

namespace Metamorph.Planning;

/// <summary>Will the target read the configs that are there as they are meant?</summary>
internal static class ConfigChecks
{
    public static IEnumerable<Finding> Find(PreflightFacts facts)
    {
        var from = facts.Now.Nodes.Values.Where(node => node.Running.IsKnown).Select(node => node.Running.Value.Line).DefaultIfEmpty(facts.Target.Line).Min();
        foreach (var (node, properties) in facts.Properties)
        {
            foreach (var finding in ConfigLint.LintServerProperties(properties, from, facts.Target.Line, $"node {node}"))
            {
                yield return finding;
            }
        }

        if (!facts.TopicOverrides.IsKnown)
        {
            yield return Findings.Unread("topic configs", facts.TopicOverrides.Why);
            yield break;
        }

        foreach (var (topic, overrides) in facts.TopicOverrides.Value)
        {
            foreach (var finding in ConfigLint.LintTopicOverrides(topic, overrides, from, facts.Target.Line))
            {
                yield return finding;
            }
        }
    }
}
