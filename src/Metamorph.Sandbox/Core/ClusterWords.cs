namespace Metamorph.Sandbox;

/// <summary>Says how a cluster stands.</summary>
internal static class ClusterWords
{
    public static string Of(World world)
    {
        var partitions = world.Metadata.Partitions;
        var nodes = world.Nodes.All.Select(node => Of(node, world));
        return string.Join("; ", nodes)
            + $"; active controller {world.Quorum.Leader?.Id.ToString() ?? "none"}, epoch {world.Quorum.Epoch}"
            + $"; {partitions.Count} partitions, {partitions.Count(partition => partition.Now.Isr.Length < partition.Now.Replicas.Length)} under-replicated, "
            + $"{partitions.Count(partition => partition.Now.Leader < 0)} offline, {partitions.Count(partition => partition.Now.IsReassigning)} reassigning"
            + $"; {string.Join(", ", world.Metadata.Features.Now.Select(feature => $"{feature.Key} {feature.Value}"))}";
    }

    private static string Of(SandboxNode node, World world)
    {
        if (node.Life is not { } life)
        {
            return $"node {node.Id} is down ({node.Installed} installed)";
        }

        var broker = world.Metadata.Brokers.Now.GetValueOrDefault(node.Id.Value);
        string[] traits =
        [
            .. node.IsBroker ? [broker switch { null => "not registered", { IsFenced: true } => "fenced", { IsInControlledShutdown: true } => "in controlled shutdown", _ => "unfenced" }] : Array.Empty<string>(),
            .. node.IsFrozen ? ["frozen"] : Array.Empty<string>(),
            .. node.IsCutOff ? ["cut off"] : Array.Empty<string>(),
            .. node.Slowness > TimeSpan.Zero ? [$"{node.Slowness.TotalMilliseconds:0.#} ms slow"] : Array.Empty<string>(),
        ];
        var leads = node.IsBroker ? $", leads {world.Metadata.Partitions.Count(partition => partition.Now.Leader == node.Id.Value)}" : "";
        return $"node {node.Id} runs {life.Release} ({string.Join(", ", traits)}{leads})".Replace("(, ", "(", StringComparison.Ordinal);
    }
}
