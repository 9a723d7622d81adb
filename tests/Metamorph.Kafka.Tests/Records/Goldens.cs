using System.Text;

namespace Metamorph.Kafka.Tests.Records;

/// <summary>
/// Bytes that other programs made: Kafka 4.3.1's own record writer, and the usual command-line tools.
/// </summary>
internal static class Goldens
{
    // The value of the first record, and what the bare compressed texts contain.
    public static byte[] Text { get; } = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, 40).Select(i => $"order-{i % 7} shipped; ")));

    public static byte[] Noise { get; } = [.. Enumerable.Range(0, 90).Select(i => (byte)(((i * i * 31) + (7 * i)) % 251))];

    // Kafka 4.3.1, the batch as it is.
    public static byte[] BatchNone { get; } = Convert.FromBase64String(
        "AAAAAAAAAGQAAAMHAAAABQLUWcIYAAAAAAACAAABi8/laAAAAAGLz+VoBQAAAAAAABJnAAMAAAARAAAAA4ILAAAABGsx0ApvcmRl"
        + "ci0wIHNoaXBwZWQ7IG9yZGVyLTEgc2hpcHBlZDsgb3JkZXItMiBzaGlwcGVkOyBvcmRlci0zIHNoaXBwZWQ7IG9yZGVyLTQgc2hp"
        + "cHBlZDsgb3JkZXItNSBzaGlwcGVkOyBvcmRlci02IHNoaXBwZWQ7IG9yZGVyLTAgc2hpcHBlZDsgb3JkZXItMSBzaGlwcGVkOyBv"
        + "cmRlci0yIHNoaXBwZWQ7IG9yZGVyLTMgc2hpcHBlZDsgb3JkZXItNCBzaGlwcGVkOyBvcmRlci01IHNoaXBwZWQ7IG9yZGVyLTYg"
        + "c2hpcHBlZDsgb3JkZXItMCBzaGlwcGVkOyBvcmRlci0xIHNoaXBwZWQ7IG9yZGVyLTIgc2hpcHBlZDsgb3JkZXItMyBzaGlwcGVk"
        + "OyBvcmRlci00IHNoaXBwZWQ7IG9yZGVyLTUgc2hpcHBlZDsgb3JkZXItNiBzaGlwcGVkOyBvcmRlci0wIHNoaXBwZWQ7IG9yZGVy"
        + "LTEgc2hpcHBlZDsgb3JkZXItMiBzaGlwcGVkOyBvcmRlci0zIHNoaXBwZWQ7IG9yZGVyLTQgc2hpcHBlZDsgb3JkZXItNSBzaGlw"
        + "cGVkOyBvcmRlci02IHNoaXBwZWQ7IG9yZGVyLTAgc2hpcHBlZDsgb3JkZXItMSBzaGlwcGVkOyBvcmRlci0yIHNoaXBwZWQ7IG9y"
        + "ZGVyLTMgc2hpcHBlZDsgb3JkZXItNCBzaGlwcGVkOyBvcmRlci01IHNoaXBwZWQ7IG9yZGVyLTYgc2hpcHBlZDsgb3JkZXItMCBz"
        + "aGlwcGVkOyBvcmRlci0xIHNoaXBwZWQ7IG9yZGVyLTIgc2hpcHBlZDsgb3JkZXItMyBzaGlwcGVkOyBvcmRlci00IHNoaXBwZWQ7"
        + "IAQKdHJhY2UGYWJjCG5vbmUBEgAKAgEGdHdvABAAEwQEazMBAA==");

    // Kafka 4.3.1, by gzip.
    public static byte[] BatchGzip { get; } = Convert.FromBase64String(
        "AAAAAAAAAGQAAACfAAAABQLzQJ16AAEAAAACAAABi8/laAAAAAGLz+VoBQAAAAAAABJnAAMAAAARAAAAAx+LCAAAAAAAAP9r4mZg"
        + "YGDJNrzAlV+Uklqka6BQnJFZUJCaYq0AETBEFzBCFzBGFzBBFzBFFzBDFxi1dtRaIq1l4SopSkxOZUtMSubIy89LZRRi4GJiZCsp"
        + "z2cQYBBmYck2ZmQAAN6gAcPWAgAA");

    // Kafka 4.3.1, by snappy-java, in its own framing.
    public static byte[] BatchSnappy { get; } = Convert.FromBase64String(
        "AAAAAAAAAGQAAADDAAAABQIIrLHDAAIAAAACAAABi8/laAAAAAGLz+VoBQAAAAAAABJnAAMAAAARAAAAA4JTTkFQUFkAAAAAAQAA"
        + "AAEAAAB+1gVoggsAAAAEazHQCm9yZGVyLTAgc2hpcHBlZDsgCREAMT4RAAAyPhEAADM+EQAAND4RAAA1PhEAADY+EQD+dwD+dwD+"
        + "dwD+dwD+dwD+dwD+dwD+dwCqdwCMBAp0cmFjZQZhYmMIbm9uZQESAAoCAQZ0d28AEAATBARrMwEA");

    // Kafka 4.3.1, by lz4-java.
    public static byte[] BatchLz4 { get; } = Convert.FromBase64String(
        "AAAAAAAAAGQAAACjAAAABQJyhWGWAAMAAAACAAABi8/laAAAAAGLz+VoBQAAAAAAABJnAAMAAAARAAAAAwQiTRhgQIJjAAAA8gyC"
        + "CwAAAARrMdAKb3JkZXItMCBzaGlwcGVkOyARABwxEQAcMhEAHDMRABw0EQAcNREAHDYRAA93AP//GvAVBAp0cmFjZQZhYmMIbm9u"
        + "ZQESAAoCAQZ0d28AEAATBARrMwEAAAAAAA==");

    // Kafka 4.3.1, by zstd-jni.
    public static byte[] BatchZstd { get; } = Convert.FromBase64String(
        "AAAAAAAAAGQAAADZAAAABQKapT0vAAQAAAACAAABi8/laAAAAAGLz+VoBQAAAAAAABJnAAMAAAARAAAAAyi1L/0AWOQEAGLGFx/A"
        + "pwP//1tXbUu780W75O5W79KUUkrB4X7kVDSZ3JYph5hBJJzg2OJJ6FA3QKthDUA5JGkpSXsUNq/me/Nqvjev5nvzar43r+Z78ypi"
        + "WJbjJBAKJAttLY2phjJ4dwFGKCDg55sghzBEkEMYIsghDBHkEIYIcghDBDmEIQI5hCGCHMIQQQ5hiCCHMESQQxgiyCEMEeQ4YtOQ"
        + "8AEAAA==");

    // Kafka 4.3.1, transactional.
    public static byte[] BatchTransactional { get; } = Convert.FromBase64String(
        "AAAAAAAAAAAAAAMH/////wK5/Cc0ABAAAAACAAABi8/laAAAAAGLz+VoBQAAAAAAABJnAAMAAAARAAAAA4ILAAAABGsx0ApvcmRl"
        + "ci0wIHNoaXBwZWQ7IG9yZGVyLTEgc2hpcHBlZDsgb3JkZXItMiBzaGlwcGVkOyBvcmRlci0zIHNoaXBwZWQ7IG9yZGVyLTQgc2hp"
        + "cHBlZDsgb3JkZXItNSBzaGlwcGVkOyBvcmRlci02IHNoaXBwZWQ7IG9yZGVyLTAgc2hpcHBlZDsgb3JkZXItMSBzaGlwcGVkOyBv"
        + "cmRlci0yIHNoaXBwZWQ7IG9yZGVyLTMgc2hpcHBlZDsgb3JkZXItNCBzaGlwcGVkOyBvcmRlci01IHNoaXBwZWQ7IG9yZGVyLTYg"
        + "c2hpcHBlZDsgb3JkZXItMCBzaGlwcGVkOyBvcmRlci0xIHNoaXBwZWQ7IG9yZGVyLTIgc2hpcHBlZDsgb3JkZXItMyBzaGlwcGVk"
        + "OyBvcmRlci00IHNoaXBwZWQ7IG9yZGVyLTUgc2hpcHBlZDsgb3JkZXItNiBzaGlwcGVkOyBvcmRlci0wIHNoaXBwZWQ7IG9yZGVy"
        + "LTEgc2hpcHBlZDsgb3JkZXItMiBzaGlwcGVkOyBvcmRlci0zIHNoaXBwZWQ7IG9yZGVyLTQgc2hpcHBlZDsgb3JkZXItNSBzaGlw"
        + "cGVkOyBvcmRlci02IHNoaXBwZWQ7IG9yZGVyLTAgc2hpcHBlZDsgb3JkZXItMSBzaGlwcGVkOyBvcmRlci0yIHNoaXBwZWQ7IG9y"
        + "ZGVyLTMgc2hpcHBlZDsgb3JkZXItNCBzaGlwcGVkOyBvcmRlci01IHNoaXBwZWQ7IG9yZGVyLTYgc2hpcHBlZDsgb3JkZXItMCBz"
        + "aGlwcGVkOyBvcmRlci0xIHNoaXBwZWQ7IG9yZGVyLTIgc2hpcHBlZDsgb3JkZXItMyBzaGlwcGVkOyBvcmRlci00IHNoaXBwZWQ7"
        + "IAQKdHJhY2UGYWJjCG5vbmUBEgAKAgEGdHdvABAAEwQEazMBAA==");

    // Kafka 4.3.1, the control batch that ends a transaction.
    public static byte[] BatchCommit { get; } = Convert.FromBase64String(
        "AAAAAAAAAMgAAABCAAAABQIoyj/IADAAAAAAAAABi8/la+gAAAGLz+Vr6AAAAAAAABJnAAP/////AAAAASAAAAAIAAAAAQwAAAAA"
        + "AAkA");

    // snappy-java, without framing.
    public static byte[] TextSnappy { get; } = Convert.FromBase64String(
        "qAVAb3JkZXItMCBzaGlwcGVkOyAJEQAxPhEAADI+EQAAMz4RAAA0PhEAADU+EQAANj4RAP53AP53AP53AP53AP53AP53AP53AP53"
        + "AKp3AA==");

    // gzip 1.12
    public static byte[] TextGzip { get; } = Convert.FromBase64String(
        "H4sIAAAAAAAAA8svSkkt0jVQKM7ILChITbFWyAcLGKILGKELGKMLmKALmKILmKELjFo7ai2R1gIAU0uyDagCAAA=");

    // lz4 -BD --content-size -1
    public static byte[] TextLz4Linked { get; } = Convert.FromBase64String(
        "BCJNGGxAqAIAAAAAAAClOQAAAPICb3JkZXItMCBzaGlwcGVkOyARABwxEQAcMhEAHDMRABw0EQAcNREAHDYRAA93AP//FVBwZWQ7"
        + "IAAAAAALN6Y5");

    // lz4 -BI -BX -9
    public static byte[] TextLz4Independent { get; } = Convert.FromBase64String(
        "BCJNGHRAvTkAAADyAm9yZGVyLTAgc2hpcHBlZDsgEQAcMREAHDIRABwzEQAcNBEAHDURABw2EQAPdwD//xVQcGVkOyB6OABvAAAA"
        + "AAs3pjk=");

    // lz4, of bytes that do not shrink: a block that is stored as it is.
    public static byte[] NoiseLz4 { get; } = Convert.FromBase64String(
        "BCJNGGRAp1oAAIAAJooxFjmaPiBAnj8eO5Y0ECqCHfENYvXL3zbGmar5i1tptUQRHGXstr4JjVRZnCLh4yimZ2ajI9zYF49KQ3rv"
        + "p53RSPjrIZBCMmDMe2iTAaiSuiXJsNU93sIAAAAAoxtx4w==");
}
