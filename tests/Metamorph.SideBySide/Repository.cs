namespace Metamorph.SideBySide;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Root = new(FindRoot);

    public static string PathOf(params IEnumerable<string> parts) => Path.Combine([Root.Value, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Metamorph.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no Metamorph.slnx above the tests");
        }

        return folder.FullName;
    }
}
