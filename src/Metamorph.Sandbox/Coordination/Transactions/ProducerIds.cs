namespace Metamorph.Sandbox;

/// <summary>
/// Producer ids, unique in the cluster: brokers get them from the active controller in blocks
/// (<c>ProducerIdManager</c>).
/// </summary>
internal sealed class ProducerIds(World world)
{
    private const int BlockSize = 1000;

    private readonly Dictionary<int, Block> blocks = [];

    /// <summary>What the metadata log says is free; it outlives every controller.</summary>
    private long firstFree;

    /// <summary>
    /// Takes an id of a broker's block; one that has none left asks the controller, and gives null where there is none
    /// in time.
    /// </summary>
    public void Take(SandboxNode node, NodeLife life, Action<long?> whenThere)
    {
        if (!blocks.TryGetValue(node.Id.Value, out var block) || block.Life != life)
        {
            blocks[node.Id.Value] = block = new Block(life);
        }

        if (block.Next < block.End)
        {
            whenThere(block.Next++);
            return;
        }

        block.Waiting.Add(whenThere);
        if (block.Waiting.Count == 1)
        {
            Ask(node, block);
        }
    }

    private void Ask(SandboxNode node, Block block)
    {
        var isOver = false;
        var patience = world.After(world.Timings.ForwardPatience, () =>
        {
            isOver = true;
            Serve(block);
        });
        world.Quorum.WhenReachedFrom(node, block.Life, () =>
        {
            if (isOver)
            {
                return;
            }

            patience.Cancel();
            var first = firstFree;
            firstFree += BlockSize;
            world.Metadata.NoteRecord();
            world.After(world.Timings.Commit + world.Timings.Hop, () =>
            {
                (block.Next, block.End) = (first, first + BlockSize);
                Serve(block);
            });
        });
    }

    private static void Serve(Block block)
    {
        var waiting = block.Waiting.ToList();
        block.Waiting.Clear();
        foreach (var whenThere in waiting)
        {
            whenThere(block.Next < block.End ? block.Next++ : null);
        }
    }

    private sealed class Block(NodeLife life)
    {
        public NodeLife Life => life;

        public long Next { get; set; }

        public long End { get; set; }

        public List<Action<long?>> Waiting { get; } = [];
    }
}
