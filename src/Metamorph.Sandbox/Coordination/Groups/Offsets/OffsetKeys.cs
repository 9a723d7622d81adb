using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// The keys of offsets in the log of a group coordinator. A topic's name has no slash, so they can be taken apart
/// again.
/// </summary>
internal static class OffsetKeys
{
    public const string Committed = "offset/";
    public const string Pending = "pending/";

    public static string OfCommitted(string group, TopicPartition partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{Committed}{group}/{partition.Topic}/{partition.Index}");

    public static string OfPending(long producerId, string group, TopicPartition partition) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Pending}{producerId}/{group}/{partition.Topic}/{partition.Index}");

    public static (string Group, TopicPartition Partition) ReadCommitted(string key) => Read(key[Committed.Length..]);

    public static (long ProducerId, string Group, TopicPartition Partition) ReadPending(string key)
    {
        var rest = key[Pending.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (group, partition) = Read(rest[(slash + 1)..]);
        return (long.Parse(rest[..slash], CultureInfo.InvariantCulture), group, partition);
    }

    private static (string Group, TopicPartition Partition) Read(string rest)
    {
        var beforeIndex = rest.LastIndexOf('/');
        var beforeTopic = rest.LastIndexOf('/', beforeIndex - 1);
        var index = int.Parse(rest[(beforeIndex + 1)..], CultureInfo.InvariantCulture);
        return (rest[..beforeTopic], new TopicPartition(rest[(beforeTopic + 1)..beforeIndex], index));
    }
}
