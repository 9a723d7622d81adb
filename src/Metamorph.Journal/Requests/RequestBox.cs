using Metamorph.Model;

namespace Metamorph.Journal;

/// <summary>The <c>requests/</c> of a run, as its executor reads it: oldest first.</summary>
internal sealed class RequestBox(string directory)
{
    public const string Name = "requests";

    private const string RefusedName = "refused";

    public PendingRequest? Next(IUpgradeJournal journal)
    {
        foreach (var file in Waiting())
        {
            var name = Path.GetFileName(file);
            switch (RequestFile.Read(file))
            {
                case RequestFile.Content.Gone:
                    continue;
                case RequestFile.Content.Unreadable unreadable:
                    // The note first: a crash between the two notes it twice, and never loses it.
                    journal.Append(new UpgradeEvent.RequestRefused(name, unreadable.Why));
                    MoveAside(file);
                    continue;
                case RequestFile.Content.Asked asked:
                    return new PendingRequest(asked.Request, asked.By, name);
            }
        }

        return null;
    }

    public void Remove(string name) => RunDirectoryException.Guard(directory, "to remove a request", () =>
    {
        File.Delete(Path.Combine(directory, name));
        DurableFile.FlushDirectory(directory);
        return true;
    });

    private string[] Waiting() => RunDirectoryException.Guard(directory, "to read requests", () =>
    {
        // The directory may be missing after a copy; nobody can ask then, until it is made by the first who does.
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory, $"*{RequestFile.Extension}") : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    });

    private void MoveAside(string file) => RunDirectoryException.Guard(directory, "to move a file aside", () =>
    {
        var aside = Directory.CreateDirectory(Path.Combine(directory, RefusedName));
        File.Move(file, Path.Combine(aside.FullName, Path.GetFileName(file)), overwrite: true);
        DurableFile.FlushDirectory(directory);
        return true;
    });
}
