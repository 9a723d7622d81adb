using System.Collections.Immutable;
using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>What the bytes of a <c>journal.jsonl</c> say.</summary>
/// <param name="Entries">The events that are certain.</param>
/// <param name="Length">The bytes that hold them. What follows is a torn write.</param>
/// <param name="IsTorn">The last line was not written to its end.</param>
internal sealed record JournalFile(ImmutableArray<JournalEntry> Entries, long Length, bool IsTorn)
{
    public const string Name = "journal.jsonl";

    /// <exception cref="JournalDamagedException">A line that was written whole is not as it was written.</exception>
    public static JournalFile Parse(string file, ReadOnlySpan<byte> bytes, long firstSequence = 1)
    {
        var entries = ImmutableArray.CreateBuilder<JournalEntry>();
        var length = 0;
        while (bytes[length..].IndexOf((byte)'\n') is >= 0 and var end)
        {
            var sequence = firstSequence + entries.Count;
            entries.Add(Read(file, sequence, bytes.Slice(length, end)));
            length += end + 1;
        }

        var tail = bytes[length..];
        if (GoesOnAfterItsEnd(tail))
        {
            throw new JournalDamagedException(
                file, Line(firstSequence + entries.Count), "the line goes on after its end", "a newline there");
        }

        return new JournalFile(entries.DrainToImmutable(), length, !tail.IsEmpty);
    }

    /// <summary>Where the run stands after all the events.</summary>
    /// <exception cref="JournalDamagedException">An event cannot have followed the ones before it.</exception>
    public RunState Fold(string file)
    {
        var state = RunState.Empty;
        foreach (var entry in Entries)
        {
            try
            {
                state = state.After(entry);
            }
            catch (IllegalTransitionException e)
            {
                throw new JournalDamagedException(file, Line(entry.Sequence), e.Message, "an event that can follow", e);
            }
        }

        return state;
    }

    private static JournalEntry Read(string file, long sequence, ReadOnlySpan<byte> line)
    {
        try
        {
            var entry = JournalLine.Decode(line);
            return entry.Sequence == sequence
                ? entry
                : throw new JournalDamagedException(
                    file, Line(sequence), $"sequence number {entry.Sequence}", $"{sequence}, one more than the line before");
        }
        catch (FormatException e)
        {
            throw new JournalDamagedException(file, Line(sequence), e.Message, "the line as it was written", e);
        }
    }

    // A torn write is the beginning of a line. A whole line with something other than a newline behind is none.
    private static bool GoesOnAfterItsEnd(ReadOnlySpan<byte> tail)
    {
        if (tail.IsEmpty || tail[..^1].IsEmpty || tail[^2] != (byte)'}')
        {
            return false;
        }

        try
        {
            _ = JournalLine.Decode(tail[..^1]);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static int Line(long sequence) => checked((int)sequence);
}
