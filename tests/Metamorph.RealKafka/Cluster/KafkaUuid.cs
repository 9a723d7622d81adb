using System.Security.Cryptography;

namespace Metamorph.RealKafka.Cluster;

/// <summary>Kafka's ids of clusters and directories: sixteen random bytes in URL-safe base64.</summary>
internal static class KafkaUuid
{
    public static string New()
    {
        var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        // One that starts with a dash would be read as an option on a command line; Kafka avoids it too.
        return id[0] == '-' ? New() : id;
    }
}
