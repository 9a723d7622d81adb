namespace Metamorph.Clients.Programs;

/// <summary>The client programs beside the tests, and the checkout they lie in.</summary>
internal static class ClientFiles
{
    /// <summary>The root of the checkout, by its solution file.</summary>
    public static string Root { get; } = FindRoot();

    public static string Path(string name) => System.IO.Path.Combine(Root, "tests", "clients", name);

    /// <summary>Skips the running test when a program or package that it needs is not on this machine.</summary>
    public static void Require(string path, string what)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"{what} is not here: {path}");
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Metamorph.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no Metamorph.slnx above {AppContext.BaseDirectory}");
    }
}
