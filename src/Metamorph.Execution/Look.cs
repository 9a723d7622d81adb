using Metamorph.Model;

namespace Metamorph.Execution;

/// <summary>The step that comes next, what it says to a fresh snapshot, and that snapshot.</summary>
/// <param name="Seen">Null when nobody answered; the check then is one that waits.</param>
internal sealed record Look(Step Step, Precheck Check, ClusterSnapshot? Seen);
