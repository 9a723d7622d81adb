using System.Text;
using Metamorph.Model;
using Metamorph.Tests;

namespace Metamorph.Journal.Tests;

public sealed class JournalDamageTests
{
    [Fact]
    public void A_last_line_cut_anywhere_is_a_torn_write_and_the_rest_stands()
    {
        using var runs = new RunFixture();
        var path = runs.Told(events: 4);
        var whole = File.ReadAllBytes(RunFixture.JournalOf(path));
        var lastLine = StartOfLine(whole, 4);

        for (var length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(RunFixture.JournalOf(path), whole[..length]);

            Assert.Equal(3, RunReader.Read(path).Entries.Length);
            Assert.Equal(length, new FileInfo(RunFixture.JournalOf(path)).Length);

            using var run = runs.Open(path);
            Assert.Equal(3, run.Entries.Count);
            Assert.Equal(lastLine, new FileInfo(RunFixture.JournalOf(path)).Length);
            Assert.Equal(4, run.Append(Story.Whole[3].Event).Sequence);
            Assert.Equal(4, RunReader.Read(path).Entries.Length);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found_and_its_line_named()
    {
        var whole = Encode(Story.Whole.Take(6));
        var line = 1;
        for (var index = 0; index < whole.Length; index++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = whole.ToArray();
                damaged[index] ^= (byte)(1 << bit);

                var found = Assert.Throws<JournalDamagedException>(() => JournalFile.Parse("journal.jsonl", damaged));
                Assert.Equal(line, found.Line);
            }

            line += whole[index] == '\n' ? 1 : 0;
        }
    }

    [Fact]
    public void A_line_that_is_missing_is_named_with_both_numbers()
    {
        var found = Assert.Throws<JournalDamagedException>(
            () => JournalFile.Parse("journal.jsonl", Encode(Story.Whole.Take(2).Concat(Story.Whole.Skip(3).Take(2)))));

        Assert.Equal(3, found.Line);
        Assert.Equal("sequence number 4", found.Found);
        Assert.StartsWith("3,", found.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_there_twice_is_damage() =>
        Assert.Equal(2, Assert.Throws<JournalDamagedException>(
            () => JournalFile.Parse("journal.jsonl", Encode([Story.Whole[0], Story.Whole[0]]))).Line);

    [Fact]
    public void An_event_of_a_newer_version_is_said_to_be_one()
    {
        var body = """{"seq":1,"at":"2026-11-21T09:30:00.000Z","type":"broker-moved","node":2"""u8;
        var line = $"{Encoding.UTF8.GetString(body)},\"crc\":\"{Crc32C.Of(body):x8}\"}}\n";

        var found = Assert.Throws<JournalDamagedException>(() => JournalFile.Parse("journal.jsonl", Encoding.UTF8.GetBytes(line)));

        Assert.Contains("'broker-moved' is not known to this version", found.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_cannot_follow_is_damage()
    {
        using var runs = new RunFixture();
        string path;
        using (var run = runs.Create())
        {
            run.Append(Story.Whole[0].Event);
            run.Append(new UpgradeEvent.StepSucceeded(Story.Step(1)));
            path = run.Path;
        }

        Assert.Equal(2, Assert.Throws<JournalDamagedException>(() => RunReader.Read(path)).Line);
        Assert.Equal(2, Assert.Throws<JournalDamagedException>(() => runs.Open(path)).Line);
    }

    [Fact]
    public void A_damaged_journal_is_left_as_it_is()
    {
        using var runs = new RunFixture();
        var path = runs.Told(events: 3);
        var damaged = File.ReadAllBytes(RunFixture.JournalOf(path));
        damaged[20] ^= 1;
        File.WriteAllBytes(RunFixture.JournalOf(path), damaged);

        Assert.Throws<JournalDamagedException>(() => runs.Open(path));

        Assert.Equal(damaged, File.ReadAllBytes(RunFixture.JournalOf(path)));
    }

    [Fact]
    public void A_changed_plan_is_found()
    {
        using var runs = new RunFixture();
        var path = runs.Told(events: 1);
        var plan = Path.Combine(path, "plan.json");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("4.3.1", "4.3.0", StringComparison.Ordinal));

        Assert.Equal(plan, Assert.Throws<JournalDamagedException>(() => RunReader.Read(path)).File);
        Assert.Throws<JournalDamagedException>(() => runs.Open(path));
    }

    [Fact]
    public void The_checksum_is_the_one_of_Kafkas_record_batches() =>
        Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));

    private static byte[] Encode(IEnumerable<JournalEntry> entries) =>
        [.. entries.SelectMany(entry => JournalLine.Encode(entry).Append((byte)'\n'))];

    private static int StartOfLine(byte[] journal, int line)
    {
        var start = 0;
        for (var number = 1; number < line; number++)
        {
            start = Array.IndexOf(journal, (byte)'\n', start) + 1;
        }

        return start;
    }
}
