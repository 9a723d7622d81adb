using System.Text.Json;

namespace Metamorph.Releases.Tests;

/// <summary>A file of <c>shared/reference</c>, found by walking up from the tests.</summary>
internal static class ReferenceFile
{
    public static JsonElement Read(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "reference", name);
            if (File.Exists(path))
            {
                using var document = JsonDocument.Parse(File.ReadAllText(path));
                return document.RootElement.Clone();
            }
        }

        Assert.Skip($"no shared/reference/{name} above {AppContext.BaseDirectory}");
        return default;
    }
}
