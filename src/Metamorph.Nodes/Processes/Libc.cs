using System.Runtime.InteropServices;

namespace Metamorph.Nodes;

/// <summary>The few calls of Linux that .NET has no equivalent for.</summary>
internal static partial class Libc
{
    private const int SigTerm = 15;
    private const int NoSuchProcess = 3;
    private const int WriteAccess = 2;
    private const int ExecuteAccess = 1;
    private const int ClockTicks = 2;

    /// <summary>How an attempt to signal a process ended.</summary>
    internal enum Signalled
    {
        Sent,
        Gone,
        NotAllowed,
    }

    /// <summary>The kernel's clock ticks a second, the unit of process start times.</summary>
    public static long TicksPerSecond { get; } = SysConf(ClockTicks) is var ticks and > 0 ? ticks : 100;

    public static Signalled Terminate(int pid)
    {
        // 0 and negative numbers address whole process groups.
        ArgumentOutOfRangeException.ThrowIfLessThan(pid, 2);
        if (Kill(pid, SigTerm) == 0)
        {
            return Signalled.Sent;
        }

        return Marshal.GetLastPInvokeError() == NoSuchProcess ? Signalled.Gone : Signalled.NotAllowed;
    }

    /// <summary>Replaces <paramref name="to"/> by <paramref name="from"/> in one step, symlinks as such.</summary>
    /// <exception cref="IOException">It could not be done; both stay as they were.</exception>
    public static void Rename(string from, string to)
    {
        if (RenameFile(from, to) != 0)
        {
            throw new IOException($"renaming {from} to {to}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public static bool MayWrite(string path) => Access(path, WriteAccess) == 0;

    public static bool MayExecute(string path) => Access(path, ExecuteAccess) == 0;

    /// <summary>Which file a path leads to, symlinks followed; null when it leads nowhere or may not be looked at.</summary>
    public static FileIdentity? IdentityOf(string path)
    {
        const int CurrentFolder = -100;
        const uint InodeWanted = 0x100;
        return StatX(CurrentFolder, path, flags: 0, InodeWanted, out var status) == 0
            ? new FileIdentity(status.DeviceMajor, status.DeviceMinor, status.Inode)
            : null;
    }

    /// <summary>The path with every symlink resolved; null when it leads nowhere.</summary>
    public static string? RealPath(string path)
    {
        var resolved = RealPathOf(path, 0);
        if (resolved == 0)
        {
            return null;
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            Free(resolved);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPathOf(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    private static partial nint SysConf(int name);

    /// <summary><c>struct statx</c>, which is laid out alike on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}

/// <summary>A file as the kernel names it, whatever paths lead to it.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);
