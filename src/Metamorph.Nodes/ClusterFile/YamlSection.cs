using System.Globalization;
using Metamorph.Model;
using YamlDotNet.Core;

namespace Metamorph.Nodes;

/// <summary>A section of the cluster file while it is read: takes known keys, and collects what is wrong.</summary>
/// <remarks>A reader that meets a mistake notes it and answers null, so that one pass finds them all.</remarks>
internal sealed class YamlSection
{
    private readonly string file;
    private readonly List<ClusterFileError> errors;
    private readonly Dictionary<string, YamlNode> values = [];
    private readonly Mark at;

    /// <param name="keys">The keys that may stand here; empty when any may.</param>
    public YamlSection(YamlSectionPlace place, YamlNode.Mapping mapping, params ReadOnlySpan<string> keys)
    {
        file = place.File;
        Path = place.Path;
        errors = place.Errors;
        at = mapping.At;
        foreach (var (key, value) in mapping.Pairs)
        {
            if (keys.Length > 0 && !keys.Contains(key.Text))
            {
                Wrong(key.At, PathOf(key.Text), $"unknown key '{key.Text}'", OneOf(keys, key.Text));
            }
            else if (!values.TryAdd(key.Text, value))
            {
                Wrong(
                    key.At, PathOf(key.Text), $"the key '{key.Text}' again",
                    $"it once (first at line {values[key.Text].At.Line})");
            }
        }
    }

    public string Path { get; }

    public IEnumerable<string> Keys => values.Keys;

    public string? Text(string key) =>
        values.TryGetValue(key, out var value) ? TextOf(value, PathOf(key), "text") : null;

    public string? RequiredText(string key, string what)
    {
        if (values.TryGetValue(key, out var value))
        {
            return TextOf(value, PathOf(key), what);
        }

        Missing(key, what);
        return null;
    }

    /// <summary>An environment value: any text, empty too.</summary>
    public string? TextOrEmpty(string key) => values[key] is YamlNode.Scalar scalar
        ? scalar.IsNull ? "" : scalar.Text
        : TextOf(values[key], PathOf(key), "text");

    public long? Number(string key, string what)
    {
        if (!values.TryGetValue(key, out var value))
        {
            Missing(key, what);
            return null;
        }

        if (value is YamlNode.Scalar scalar
            && long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Wrong(value.At, PathOf(key), value.Kind, what);
        return null;
    }

    public YamlSection? Section(string key, params ReadOnlySpan<string> keys) =>
        values.TryGetValue(key, out var value) ? SectionOf(value, PathOf(key), keys) : null;

    /// <summary>The sections of a list; an item that is none is noted and left out.</summary>
    public IReadOnlyList<YamlSection> RequiredSections(string key, string what, params ReadOnlySpan<string> keys)
    {
        var sections = new List<YamlSection>();
        foreach (var (item, path) in RequiredItems(key, what))
        {
            if (SectionOf(item, path, keys) is { } section)
            {
                sections.Add(section);
            }
        }

        return sections;
    }

    public IReadOnlyList<Endpoint> RequiredEndpoints(string key)
    {
        const string What = "host:port";
        var endpoints = new List<Endpoint>();
        foreach (var (item, path) in RequiredItems(key, "a list of host:port"))
        {
            if (TextOf(item, path, What) is not { } text)
            {
                continue;
            }

            if (EndpointText.TryParse(text, out var endpoint))
            {
                endpoints.Add(endpoint);
            }
            else
            {
                Wrong(item.At, path, $"'{text}'", $"{What} with a port from 1 to 65535");
            }
        }

        return endpoints;
    }

    /// <summary>Notes that the value of <paramref name="key"/> will not do.</summary>
    public void Wrong(string key, string found, string expected) =>
        Wrong(values.TryGetValue(key, out var value) ? value.At : at, PathOf(key), found, expected);

    public int LineOf(string key) => (int)values[key].At.Line;

    private IEnumerable<(YamlNode Item, string Path)> RequiredItems(string key, string what)
    {
        if (!values.TryGetValue(key, out var value))
        {
            Missing(key, what);
            return [];
        }

        if (value is not YamlNode.Sequence { Items: var items })
        {
            Wrong(value.At, PathOf(key), value.Kind, what);
            return [];
        }

        if (items.IsEmpty)
        {
            Wrong(value.At, PathOf(key), "an empty list", what);
        }

        return items.Select((item, index) => (item, $"{PathOf(key)}[{index}]"));
    }

    private YamlSection? SectionOf(YamlNode value, string path, ReadOnlySpan<string> keys)
    {
        if (value is YamlNode.Mapping mapping)
        {
            return new YamlSection(new YamlSectionPlace(file, path, errors), mapping, keys);
        }

        Wrong(
            value.At, path, value.Kind,
            keys.Length > 0 ? $"a section with {string.Join(", ", keys!)}" : "a section of NAME: value");
        return null;
    }

    private string? TextOf(YamlNode value, string path, string what)
    {
        if (value is YamlNode.Scalar { IsNull: false, Text: { Length: > 0 } text })
        {
            return text;
        }

        Wrong(value.At, path, value is YamlNode.Scalar ? "nothing" : value.Kind, what);
        return null;
    }

    private void Missing(string key, string what) => Wrong(at, PathOf(key), "missing", what);

    private void Wrong(Mark mark, string path, string found, string expected) =>
        errors.Add(new ClusterFileError(file, (int)mark.Line, (int)mark.Column, path, found, expected));

    private string PathOf(string key) => Path.Length > 0 ? $"{Path}.{key}" : key;

    private static string OneOf(ReadOnlySpan<string> keys, string meant)
    {
        var list = $"one of {string.Join(", ", keys!)}";
        return Spelling.Nearest(meant, keys) is { } nearest ? $"{list} (did you mean '{nearest}'?)" : list;
    }
}

/// <summary>Where a section stands, and where its mistakes go.</summary>
internal sealed record YamlSectionPlace(string File, string Path, List<ClusterFileError> Errors);
