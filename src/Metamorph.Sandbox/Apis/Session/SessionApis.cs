namespace Metamorph.Sandbox;

/// <summary>What every client asks first.</summary>
internal static class SessionApis
{
    public static IEnumerable<IApiHandler> All() => [new ApiVersionsHandler(), new MetadataHandler()];
}
