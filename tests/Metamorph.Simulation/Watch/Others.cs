using System.Globalization;
using System.Text;
using Metamorph.Sandbox;

namespace Metamorph.Simulation;

/// <summary>What belongs to others and must stay as it is: topics, where their replicas are to be, configs with their throttles, and quotas.</summary>
internal sealed class Others(World world)
{
    private readonly Dictionary<string, string> known = [];

    /// <summary>How it is now is how it should be: somebody else has changed it.</summary>
    public void Expect()
    {
        known.Clear();
        foreach (var (what, value) in Now())
        {
            known[what] = value;
        }
    }

    /// <returns>What is not as others left it.</returns>
    public IEnumerable<string> Changes()
    {
        var seen = 0;
        foreach (var (what, value) in Now())
        {
            seen++;
            if (!known.TryGetValue(what, out var before))
            {
                yield return $"{what} appears: {value}";
            }
            else if (before != value)
            {
                yield return $"{what} was {before} and is {value}";
            }
        }

        if (seen < known.Count)
        {
            var now = Now().Select(each => each.What).ToHashSet();
            foreach (var gone in known.Keys.Where(what => !now.Contains(what)))
            {
                yield return $"{gone} is gone";
            }
        }
    }

    private IEnumerable<(string What, string Value)> Now()
    {
        foreach (var topic in world.Metadata.Topics.Values.Where(topic => !topic.IsInternal))
        {
            foreach (var partition in topic.Partitions)
            {
                yield return ($"the placement of {partition.Id} (topic {topic.Id})", Placement(partition.Now));
            }
        }

        foreach (var owner in Enum.GetValues<ConfigOwner>())
        {
            foreach (var name in world.Metadata.Configs.NamesOf(owner).Where(name => owner != ConfigOwner.Topic || !IsInternal(name)))
            {
                yield return ($"the configs of {owner} {name}", Text(world.Metadata.Configs.Of(owner, name)));
            }
        }

        foreach (var (entity, quotas) in world.Metadata.Quotas)
        {
            yield return ($"the quotas of {entity}", Text(quotas));
        }
    }

    /// <summary>Brokers make these topics when the first client wants them.</summary>
    private static bool IsInternal(string topic) => topic is InternalTopics.ConsumerOffsets or InternalTopics.TransactionState;

    /// <summary>Where it is, or is on its way to: a move that ends by itself changes nothing of this.</summary>
    private static string Placement(PartitionRegistration now) => string.Join(',', now.Replicas.Except(now.Removing).Order());

    private static string Text<T>(IEnumerable<KeyValuePair<string, T>> values)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in values.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}={value} ");
        }

        return text.ToString();
    }
}
