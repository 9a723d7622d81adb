using System.Net;
using System.Net.Sockets;

namespace Metamorph.Nodes.Tests;

/// <summary>The unpacked releases of Apache Kafka that tests may start.</summary>
internal static class RealReleases
{
    /// <summary>The folder; skips the test where there is none.</summary>
    public static string FolderOrSkip()
    {
        var folder = Environment.GetEnvironmentVariable(ReleaseDirectory.Variable) ?? Above("shared/kafka");
        Assert.SkipUnless(Directory.Exists(folder), $"no real Kafka: {ReleaseDirectory.Variable} names no folder of releases");
        return folder!;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Above(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
