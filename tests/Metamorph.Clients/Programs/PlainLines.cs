using System.Globalization;

namespace Metamorph.Clients.Programs;

/// <summary>The lines that the client programs of <c>tests/clients</c> write.</summary>
internal static class PlainLines
{
    public static ClientLine? Understand(string line)
    {
        var words = line.Split(' ', 4);
        return words switch
        {
            ["acked", var number, var partition, var offset] =>
                new ClientLine.Acknowledged(Whole(number), (int)Whole(partition), Place(offset)),
            ["failed", ..] => new ClientLine.GaveUp(line),
            ["restarted", ..] => new ClientLine.Restarted(line["restarted ".Length..]),
            ["read", var number, var partition, var offset] =>
                new ClientLine.Read(Whole(number), (int)Whole(partition), Whole(offset)),
            _ => null,
        };
    }

    /// <summary>An offset, or null where the wire has -1.</summary>
    public static long? Place(string offset) => Whole(offset) is >= 0 and var known ? known : null;

    public static long Whole(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
