using System.Buffers.Binary;
using System.Text;

namespace Metamorph.RealKafka.Capture;

/// <summary>A request and the response to it, each as on the wire without the length in front.</summary>
public sealed record Exchange(byte[] Request, byte[] Response)
{
    public short ApiKey => BinaryPrimitives.ReadInt16BigEndian(Request);

    public short ApiVersion => BinaryPrimitives.ReadInt16BigEndian(Request.AsSpan(2));

    public int Size => Request.Length + Response.Length;
}

/// <summary>Keeps one exchange for each API key and version: the most telling one that is still short enough to read.</summary>
public sealed class FrameBook
{
    // Room for some topics or configs in a response; what is longer repeats itself and only swells the repository.
    private const int PreferredBytes = 1_500;

    private readonly Lock gate = new();
    private readonly SortedDictionary<(short Key, short Version), Exchange> kept = [];

    public void Add(Exchange exchange)
    {
        lock (gate)
        {
            var name = (exchange.ApiKey, exchange.ApiVersion);
            if (!kept.TryGetValue(name, out var present) || IsBetter(exchange, present))
            {
                kept[name] = exchange;
            }
        }
    }

    /// <summary>The lines of a golden file, in the order of keys and versions.</summary>
    public string ToText(string heading)
    {
        lock (gate)
        {
            var text = new StringBuilder($"# {heading}\n");
            foreach (var ((key, version), exchange) in kept)
            {
                text.Append($"{key} {version} request {Convert.ToHexStringLower(exchange.Request)}\n");
                text.Append($"{key} {version} response {Convert.ToHexStringLower(exchange.Response)}\n");
            }

            return text.ToString();
        }
    }

    // The longest of those that are short enough has the most fields filled; failing those, the shortest.
    private static bool IsBetter(Exchange candidate, Exchange present) =>
        candidate.Size <= PreferredBytes
            ? present.Size > PreferredBytes || candidate.Size > present.Size
            : candidate.Size < present.Size;
}
