using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Metamorph.Model;
using Metamorph.Model.Json;

namespace Metamorph.Journal;

/// <summary><c>plan.json</c> and its checksum beside it, which <c>sha256sum -c plan.sha256</c> checks too.</summary>
internal static class PlanFile
{
    public const string Name = "plan.json";

    public const string ChecksumName = "plan.sha256";

    private const int NewestVersion = 1;

    public static void Write(string directory, UpgradePlan plan)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(plan, ModelJson.Default.UpgradePlan);
        DurableFile.Write(Path.Combine(directory, Name), json);
        DurableFile.Write(Path.Combine(directory, ChecksumName), Encoding.ASCII.GetBytes(ChecksumLine(json)));
    }

    /// <exception cref="JournalDamagedException">It is not the plan that was approved, or a newer Metamorph wrote it.</exception>
    public static UpgradePlan Read(string directory)
    {
        var file = Path.Combine(directory, Name);
        var json = RunDirectoryException.Guard(file, "to read the plan", () => File.ReadAllBytes(file));
        var sums = Path.Combine(directory, ChecksumName);
        var sum = RunDirectoryException.Guard(sums, "to read the plan's checksum", () => File.ReadAllText(sums));
        if (sum != ChecksumLine(json))
        {
            throw new JournalDamagedException(
                file, line: null, $"SHA-256 {Hex(json)}", $"'{sum.TrimEnd()}', as {ChecksumName} recorded when it was approved");
        }

        return Parse(file, json);
    }

    private static UpgradePlan Parse(string file, byte[] json)
    {
        try
        {
            var plan = JsonSerializer.Deserialize(json, ModelJson.Default.UpgradePlan)
                ?? throw new JournalDamagedException(file, line: null, "no plan", "a plan");
            return plan.Version <= NewestVersion
                ? plan
                : throw new JournalDamagedException(
                    file, line: null, $"a plan of version {plan.Version}, from a newer Metamorph", $"version {NewestVersion} or lower");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new JournalDamagedException(file, line: null, e.Message, "a plan that this version of Metamorph reads", e);
        }
    }

    private static string ChecksumLine(byte[] json) => $"{Hex(json)}  {Name}\n";

    private static string Hex(byte[] json) => Convert.ToHexStringLower(SHA256.HashData(json));
}
