using System.Text.Json;
using Metamorph.Model;
using Metamorph.Model.Json;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

public sealed class JournalLineTests
{
    [Fact]
    public void A_line_is_the_event_with_its_number_time_and_checksum() => Assert.Equal(
        """{"seq":7,"at":"2026-11-21T09:30:00.000Z","type":"node-stopped","step":"restart-2","node":2,"crc":"e6ddae06"}""",
        JournalLine.Text(new JournalEntry(7, Samples.Start, new UpgradeEvent.NodeStopped(new("restart-2"), new(2)))));

    [Fact]
    public void Every_event_comes_back_as_it_was()
    {
        foreach (var happened in Samples.Events)
        {
            var entry = new JournalEntry(1, Samples.Start.AddMilliseconds(7), happened);

            var read = JournalLine.Decode(JournalLine.Encode(entry));

            Assert.Equal(entry.At, read.At);
            Assert.Equal(happened.GetType(), read.Event.GetType());
            Assert.Equal(Json(happened), Json(read.Event));
        }
    }

    [Fact]
    public void No_kind_of_event_is_left_out() => Assert.Equal(
        Samples.CasesOf(typeof(UpgradeEvent)).ToHashSet(), [.. Samples.Events.Select(happened => happened.GetType())]);

    private static string Json(UpgradeEvent happened) => JsonSerializer.Serialize(happened, ModelJson.Default.UpgradeEvent);
}
