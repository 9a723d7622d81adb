namespace Metamorph.Sandbox;

/// <summary>What operators and tools ask and change.</summary>
internal static class AdminApis
{
    public static IEnumerable<IApiHandler> All() => [];
}
