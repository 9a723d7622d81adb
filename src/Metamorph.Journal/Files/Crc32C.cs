namespace Metamorph.Journal;

/// <summary>CRC-32C (Castagnoli), the checksum that Kafka's own record batches carry.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index => EntryOf((uint)index))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint EntryOf(uint index)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            index = (index & 1) == 0 ? index >> 1 : (index >> 1) ^ Polynomial;
        }

        return index;
    }
}
