namespace Metamorph.Sandbox;

/// <summary>Consumer groups and their offsets.</summary>
internal static class GroupApis
{
    public static IEnumerable<IApiHandler> All(World world) => [];
}
