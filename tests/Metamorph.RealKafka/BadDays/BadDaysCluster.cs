using System.Security.Cryptography;
using Metamorph.RealKafka.Cluster;

namespace Metamorph.RealKafka.BadDays;

/// <summary>One real cluster for all the bad days: none of them may change it, so none needs one of its own.</summary>
public sealed class BadDaysCluster : IAsyncLifetime
{
    private Task<RealCluster>? starting;

    /// <summary>Starts with the first test that asks, so that a machine without Kafka skips tests and fails none.</summary>
    public Task<RealCluster> StartedAsync() => starting ??= RealCluster.StartAsync(new() { Release = "3.9.2" });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (starting is { IsCompletedSuccessfully: true } started)
        {
            await started.Result.DisposeAsync();
        }
    }
}

[CollectionDefinition(nameof(BadDaysCollection))]
public sealed class BadDaysCollection : ICollectionFixture<BadDaysCluster>;

/// <summary>A day on which something is wrong: commands on the shared cluster, which must be afterwards as it was before.</summary>
internal sealed class BadDay
{
    /// <summary>What the slowest command here may take on a machine that has other work too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IReadOnlyList<string> before;

    private BadDay(RealCluster cluster)
    {
        Cluster = cluster;
        Folder = Directory.CreateDirectory(Path.Combine(cluster.Folder, "days", Guid.NewGuid().ToString("N"))).FullName;
        before = Look();
    }

    public RealCluster Cluster { get; }

    /// <summary>The day's own folder below the cluster's: the working directory of its commands.</summary>
    public string Folder { get; }

    public static async Task<BadDay> OnAsync(BadDaysCluster shared) => new(await shared.StartedAsync());

    public string this[string relative] => Path.Combine(Folder, relative);

    /// <summary>Runs a command on the cluster's own file to its end.</summary>
    public Task<Said> RunAsync(string command, params IEnumerable<string> arguments) =>
        RunWithAsync(Cluster.ClusterFile, command, arguments);

    public async Task<Said> RunWithAsync(string clusterFile, string command, params IEnumerable<string> arguments)
    {
        await using var metamorph = MetamorphProcess.Start(Folder, [command, "-c", clusterFile, .. arguments]);
        var code = await metamorph.WaitForExitAsync(Patience);
        return new Said(code, string.Join('\n', metamorph.Output), string.Join('\n', metamorph.Error));
    }

    /// <summary>The cluster file with a slip in it, beside the real one.</summary>
    public string ClusterFileWith(string from, string to)
    {
        var text = File.ReadAllText(Cluster.ClusterFile);
        Assert.Contains(from, text);
        File.WriteAllText(this["cluster.yaml"], text.Replace(from, to, StringComparison.Ordinal));
        return this["cluster.yaml"];
    }

    /// <summary>The same processes run since the same moments, homes lead where they led, configs are what they were, no run was begun.</summary>
    public void NothingWasTouched()
    {
        Assert.Equal(before, Look());
        Assert.False(Directory.Exists(this["runs"]), "a run was begun");
    }

    /// <summary>As <see cref="NothingWasTouched"/>, where a run was begun on purpose.</summary>
    public void NoNodeWasTouched() => Assert.Equal(before, Look());

    private IReadOnlyList<string> Look() =>
    [
        .. Cluster.Nodes.Select(node =>
            $"node {node.Id}: {node.FindProcess()}, {new FileInfo(node.Home).LinkTarget}, {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(node.Config)))}"),
    ];
}

/// <summary>What a command said, and how it ended.</summary>
internal sealed record Said(int ExitCode, string Output, string Error)
{
    /// <summary>The line of the finding with that code, without its columns.</summary>
    public string Finding(string code)
    {
        var line = $"{Output}\n{Error}".Split('\n').FirstOrDefault(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var found, ..] && found == code);
        Assert.True(line is not null, $"no finding {code} in\n{Output}\n{Error}");
        return line;
    }
}
