namespace Metamorph.Sessions;

/// <summary>Compares what was said with a file under <c>Goldens/</c>.</summary>
internal static class Golden
{
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Goldens", name);
        var expected = File.Exists(path) ? File.ReadAllText(path).TrimEnd() : "";
        if (expected == actual.TrimEnd())
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Beside the golden, to be compared, and copied over it when it is right.
        File.WriteAllText($"{path}.actual", $"{actual.TrimEnd()}\n");
        TestContext.Current.TestOutputHelper?.WriteLine($"what was said is in {path}.actual");
        Assert.Equal(expected, actual.TrimEnd());
    }
}
