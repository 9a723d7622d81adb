using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Metamorph.Model;
using Metamorph.Model.Json;

namespace Metamorph.Journal;

/// <summary>The text of one journal line: <c>{"seq":1,"at":"…","type":"run-started",…,"crc":"xxxxxxxx"}</c>.</summary>
/// <remarks>The checksum is the CRC-32C, in eight lower-case hex digits, of the line's bytes before <c>,"crc"</c>.</remarks>
public static class JournalLine
{
    // ,"crc":"xxxxxxxx"}
    private const int TailLength = 18;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static ReadOnlySpan<byte> TailStart => ",\"crc\":\""u8;

    private static ReadOnlySpan<byte> TailEnd => "\"}"u8;

    /// <summary>The line without its newline.</summary>
    public static string Text(JournalEntry entry) => Encoding.UTF8.GetString(Encode(entry));

    /// <summary>The bytes of the line without its newline.</summary>
    public static byte[] Encode(JournalEntry entry)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(entry.Event, ModelJson.Default.UpgradeEvent);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"seq":{{entry.Sequence}},"at":"{{entry.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}}",""");

        var line = new byte[Encoding.UTF8.GetByteCount(head) + payload.Length - 2 + TailLength];
        var length = Encoding.UTF8.GetBytes(head, line);

        // The braces of the event's own object give way to those of the line.
        payload.AsSpan(1, payload.Length - 2).CopyTo(line.AsSpan(length));
        length += payload.Length - 2;

        var crc = Crc32C.Of(line.AsSpan(0, length));
        TailStart.CopyTo(line.AsSpan(length));
        Utf8Formatter.TryFormat(crc, line.AsSpan(length + TailStart.Length), out _, new StandardFormat('x', 8));
        TailEnd.CopyTo(line.AsSpan(line.Length - TailEnd.Length));
        return line;
    }

    /// <summary>The moment as a journal keeps it: whole milliseconds in UTC, so that what is read is what was written.</summary>
    internal static DateTimeOffset Kept(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }

    /// <summary>Reads a line without its newline.</summary>
    /// <exception cref="FormatException">It is not as it was written; the message says in which way.</exception>
    internal static JournalEntry Decode(ReadOnlySpan<byte> line)
    {
        var body = BodyOf(line);
        var reader = new Utf8JsonReader(body, isFinalBlock: false, state: default);
        try
        {
            var sequence = ReadMember(ref reader, "seq"u8).GetInt64();
            var at = DateTimeOffset.ParseExact(
                ReadMember(ref reader, "at"u8).GetString()!,
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            return new JournalEntry(sequence, at, EventOf(body[((int)reader.BytesConsumed + 1)..]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"cannot be read as an event ({e.Message})", e);
        }
    }

    private static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> line)
    {
        if (line.Length < TailLength || !line[^TailLength..].StartsWith(TailStart) || !line.EndsWith(TailEnd))
        {
            throw new FormatException("it does not end with a checksum");
        }

        var body = line[..^TailLength];
        Span<byte> right = stackalloc byte[8];
        Utf8Formatter.TryFormat(Crc32C.Of(body), right, out _, new StandardFormat('x', 8));
        var written = line.Slice(line.Length - TailLength + TailStart.Length, 8);
        return written.SequenceEqual(right)
            ? body
            : throw new FormatException(
                $"its bytes give checksum {Encoding.ASCII.GetString(right)}, it carries {Encoding.ASCII.GetString(written)}");
    }

    private static Utf8JsonReader ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
        }

        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name) || !reader.Read())
        {
            throw new FormatException($"it has no \"{Encoding.ASCII.GetString(name)}\" in its place");
        }

        return reader;
    }

    private static UpgradeEvent EventOf(ReadOnlySpan<byte> members)
    {
        byte[] json = [(byte)'{', .. members, (byte)'}'];
        var type = TypeOf(json);
        var known = ModelJson.Default.UpgradeEvent.PolymorphismOptions!.DerivedTypes;
        if (!known.Any(derived => type.Equals(derived.TypeDiscriminator)))
        {
            throw new FormatException(
                $"its event type '{type}' is not known to this version of Metamorph: a newer one wrote it, go on with that one");
        }

        return JsonSerializer.Deserialize(json, ModelJson.Default.UpgradeEvent)
            ?? throw new FormatException("it holds no event");
    }

    private static string TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return ReadMember(ref reader, "type"u8).GetString() ?? "";
    }
}
