namespace Metamorph.Sandbox;

/// <summary>What the replicas of one partition hold.</summary>
internal sealed class ReplicaSet
{
    private readonly List<Replica> replicas = [];

    public IReadOnlyList<Replica> All => replicas;

    public Replica? Find(int broker)
    {
        foreach (var replica in replicas)
        {
            if (replica.Node.Id.Value == broker)
            {
                return replica;
            }
        }

        return null;
    }

    public void Add(Replica replica) => replicas.Add(replica);

    public void Remove(Replica replica) => replicas.Remove(replica);
}
