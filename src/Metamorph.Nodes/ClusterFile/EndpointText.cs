using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Metamorph.Model;

namespace Metamorph.Nodes;

/// <summary>Reads <c>host:port</c> and <c>[v6]:port</c>.</summary>
public static class EndpointText
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(":/ []@,");

    public static bool TryParse(string text, [NotNullWhen(true)] out Endpoint? endpoint)
    {
        endpoint = TrySplit(text, out var host, out var port) && host.Length > 0 ? new Endpoint(host, port) : null;
        return endpoint is not null;
    }

    /// <summary>Like <see cref="TryParse"/>, and the host may be empty, as in a listener that binds to every address.</summary>
    public static bool TrySplit(string text, out string host, out int port)
    {
        host = "";
        port = 0;
        var colon = text.LastIndexOf(':');
        if (colon < 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            || port is < 1 or > 65535)
        {
            return false;
        }

        host = text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        host = isBracketed ? host[1..^1] : host;
        return isBracketed || !host.AsSpan().ContainsAny(NotInNames);
    }
}
