namespace Metamorph.Clients.Programs;

/// <summary>The clients that a test takes together.</summary>
internal static class ClientSet
{
    /// <summary>All that are no JVM: they may share a small machine with a real cluster.</summary>
    public static async Task<IReadOnlyList<IClientUnderTest>> RequireSmallAsync() =>
        [await KcatClient.RequireAsync(), await PythonClient.RequireAsync(), NodeClient.RequireKafkaJs(),
            NodeClient.RequirePlatformatic()];
}
