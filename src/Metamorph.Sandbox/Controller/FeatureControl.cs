namespace Metamorph.Sandbox;

/// <summary>Finalized features, and the controllers that have a say in them (<c>FeatureControlManager</c>).</summary>
internal sealed class FeatureControl(World world)
{
    /// <summary>A controller tells the active one which levels it supports (KIP-919), where the metadata version knows of that.</summary>
    public void RegisterController(SandboxNode node)
    {
        var life = node.Life!;
        if (!MetadataRules.ControllersRegister(world.Metadata.MetadataVersion)
            || world.Metadata.Controllers.GetValueOrDefault(node.Id.Value)?.Incarnation == life.Incarnation)
        {
            return;
        }

        world.Metadata.Controllers[node.Id.Value] = new ControllerRecord(node.Id.Value, life.Incarnation, life.Profile.SupportedFeatures);
        world.Metadata.NoteRecord();
        world.Say($"controller {node.Id} registered");
    }
}
