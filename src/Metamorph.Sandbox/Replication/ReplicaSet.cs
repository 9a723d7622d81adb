namespace Metamorph.Sandbox;

/// <summary>What the replicas of one partition hold, where they do not all hold the same.</summary>
internal sealed class ReplicaSet
{
}
