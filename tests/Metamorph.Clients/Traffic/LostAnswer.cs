using Metamorph.Clients.Clusters;
using Metamorph.Clients.Deeds;
using Metamorph.Clients.Programs;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.Clients.Traffic;

/// <summary>kafkajs' idempotent producer when an answer to it is lost. It chooses a partition anew for its second try, so
/// the record is written twice; and it gives the first try's sequence number to the next record for that partition, which
/// the broker takes for the first one's repetition: it is acknowledged, and nowhere.</summary>
internal static class LostAnswer
{
    public static async Task<ClientVerdict> JudgeAsync(IClusterUnderTest cluster, KafkaTools tools)
    {
        const string topic = "lost-answer";
        NodeClient.RequireKafkaJs();
        await KcatClient.RequireAsync();
        await Topics.By(tools, partitions: 3)(topic);
        var ledger = new ClientLedger();
        await HearAsync(ledger, "/usr/bin/node", ClientFiles.Path("kafkajs-lost-answer.mjs"), cluster.Bootstrap, topic);
        await HearAsync(
            ledger, "/usr/bin/kcat", "-C", "-e", "-q", "-b", cluster.Bootstrap, "-o", "beginning", "-f", "read %s %p %o\n",
            "-t", topic);
        return ledger.Judge();
    }

    private static async Task HearAsync(ClientLedger ledger, string program, params string[] arguments)
    {
        var said = (await Command.RunAsync(program, arguments)).Require();
        foreach (var line in said.Lines.Select(PlainLines.Understand).OfType<ClientLine>())
        {
            ledger.Note(line);
        }
    }
}
