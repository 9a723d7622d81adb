using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Metamorph.Kafka.Protocol;
using Metamorph.Kafka.Protocol.Messages;

namespace Metamorph.Kafka.Tests.Protocol;

/// <summary>What Kafka's own Java clients and real brokers said to each other is read without a byte left over, and written again as the same bytes.</summary>
public sealed class GoldenFrameTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder(), "client-*.txt").Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Frames_of_real_clients_and_brokers_are_read_whole_and_written_as_the_same_bytes(string file)
    {
        var frames = File.ReadLines(Path.Combine(Folder(), file)).Where(line => !line.StartsWith('#')).Select(Golden.Parse).ToList();

        var read = frames.Count(RoundTrips);

        // Versions below the oldest that 4.x speaks are not declared: real clients that old are served by no 4.x broker.
        var declared = frames.Count(frame => DeclaredApis.Find(frame.Key)?.Versions.Contains(frame.Version) == true);
        Assert.Equal(declared, read);
        Assert.True(read >= 80, $"only {read} of {frames.Count} frames are of declared messages");
    }

    private static bool RoundTrips(Golden golden)
    {
        if (DeclaredApis.Find(golden.Key) is not { } api || !api.Versions.Contains(golden.Version))
        {
            return false;
        }

        var message = golden.IsRequest ? Request(golden, api) : Response(golden);
        Assert.True(
            golden.Bytes.AsSpan().SequenceEqual(message),
            $"{golden.Key} {golden.Version} {(golden.IsRequest ? "request" : "response")}\nread    {Convert.ToHexStringLower(golden.Bytes)}\nwritten {Convert.ToHexStringLower(message)}");
        return true;
    }

    private static byte[] Request(Golden golden, DeclaredApi api)
    {
        var reader = new KafkaReader(golden.Bytes);
        var (header, _) = Frames.ReadRequestHeader(ref reader);
        var body = api.ReadRequest(ref reader, golden.Version);
        reader.ExpectEnd();
        return Written((ref w) =>
        {
            header.Write(ref w, api.RequestHeaderVersion(golden.Version));
            body.Write(ref w, golden.Version);
        });
    }

    private static byte[] Response(Golden golden)
    {
        // A broker that does not know the version of ApiVersions answers in version 0 (KIP-511).
        var version = golden.Key == ApiKey.ApiVersions && golden.Bytes is [_, _, _, _, 0, (byte)ErrorCode.UnsupportedVersion, ..] ? (short)0 : golden.Version;
        var type = typeof(DeclaredApis).Assembly.GetTypes().Single(type => type.Name == $"{golden.Key}Response");
        return (byte[])typeof(GoldenFrameTests).GetMethod(nameof(ResponseOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [golden.Bytes, version])!;
    }

    private static byte[] ResponseOf<T>(byte[] frame, short version)
        where T : IKafkaResponse<T>
    {
        var reader = new KafkaReader(frame);
        var header = ResponseHeader.Read(ref reader, T.HeaderVersion(version));
        var body = T.Read(ref reader, version);
        reader.ExpectEnd();
        return Written((ref w) =>
        {
            header.Write(ref w, T.HeaderVersion(version));
            body.Write(ref w, version);
        });
    }

    private static byte[] Written(Writing write)
    {
        var writer = new KafkaWriter(256);
        try
        {
            write(ref writer);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden");

    private delegate void Writing(ref KafkaWriter writer);

    private sealed record Golden(ApiKey Key, short Version, bool IsRequest, byte[] Bytes)
    {
        public static Golden Parse(string line)
        {
            var parts = line.Split(' ');
            return new Golden(
                (ApiKey)short.Parse(parts[0], CultureInfo.InvariantCulture),
                short.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[2] == "request",
                Convert.FromHexString(parts[3]));
        }
    }
}
