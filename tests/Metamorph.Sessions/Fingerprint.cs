using System.Security.Cryptography;

namespace Metamorph.Sessions;

/// <summary>What a folder holds, to prove that nothing in it was touched: every name, link, content, mode and time.</summary>
internal static class Fingerprint
{
    public static IReadOnlyList<string> Of(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .Select(entry => $"{Path.GetRelativePath(folder, entry.FullName)} {ContentOf(entry)} {entry.UnixFileMode} {entry.LastWriteTimeUtc:O}"),
    ];

    private static string ContentOf(FileSystemInfo entry) => entry switch
    {
        { LinkTarget: { } target } => $"-> {target}",
        // A lock that is held cannot be read by .NET; its length and time tell enough.
        FileInfo { Length: var length } when entry.Name.StartsWith(".lock-", StringComparison.Ordinal) => $"a lock of {length} bytes",
        FileInfo file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))),
        _ => "folder",
    };
}
