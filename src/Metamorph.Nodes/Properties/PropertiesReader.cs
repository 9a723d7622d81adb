using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Metamorph.Nodes;

/// <summary>Reads the syntax of java.util.Properties, as Kafka does: the bytes of the file are ISO 8859-1.</summary>
public static class PropertiesReader
{
    /// <summary>Reads a node's config.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="FormatException">Kafka would refuse it too: an escape is broken.</exception>
    public static ServerProperties Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return new ServerProperties(Encoding.UTF8.GetString(bytes), ValuesOf(Encoding.Latin1.GetString(bytes)));
    }

    /// <summary>Reads a config's text.</summary>
    /// <exception cref="FormatException">An escape is broken.</exception>
    public static ServerProperties Parse(string text) => new(text, ValuesOf(text));

    private static ImmutableSortedDictionary<string, string> ValuesOf(string text)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var line in LogicalLines(text))
        {
            var end = EndOfKey(line);
            var value = end;
            while (value < line.Length && IsBlank(line[value]))
            {
                value++;
            }

            if (value < line.Length && line[value] is '=' or ':')
            {
                value++;
            }

            values[Unescape(line[..end])] = Unescape(line[value..].TrimStart(' ', '\t', '\f'));
        }

        return values.ToImmutable();
    }

    /// <summary>The lines that hold a pair, continuation lines joined, their indents dropped.</summary>
    private static IEnumerable<string> LogicalLines(string text)
    {
        var whole = new StringBuilder();
        var isContinued = false;
        foreach (var natural in text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None))
        {
            var line = natural.TrimStart(' ', '\t', '\f');
            if (!isContinued && (line.Length == 0 || line[0] is '#' or '!'))
            {
                continue;
            }

            isContinued = EndsInOpenBackslash(line);
            whole.Append(isContinued ? line.AsSpan(0, line.Length - 1) : line);
            if (!isContinued)
            {
                yield return whole.ToString();
                whole.Clear();
            }
        }

        if (whole.Length > 0)
        {
            yield return whole.ToString();
        }
    }

    private static bool EndsInOpenBackslash(string line) =>
        (line.Length - line.AsSpan().TrimEnd('\\').Length) % 2 == 1;

    private static int EndOfKey(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] is '=' or ':' || IsBlank(line[i]))
            {
                return i;
            }
        }

        return line.Length;
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i] == '\\' ? "" : $"{text[i]}");
                continue;
            }

            i++;
            plain.Append(text[i] switch
            {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                'f' => '\f',
                'u' => UnicodeAt(text, i + 1),
                var other => other,
            });
            i += text[i] == 'u' ? 4 : 0;
        }

        return plain.ToString();
    }

    private static char UnicodeAt(string text, int start) =>
        start + 4 <= text.Length
        && ushort.TryParse(text.AsSpan(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : throw new FormatException($"'\\u' without four hexadecimal digits in '{text}'");

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\f';
}
