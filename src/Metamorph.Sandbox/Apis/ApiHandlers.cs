namespace Metamorph.Sandbox;

/// <summary>Every API that the sandbox has. One that is missing here is not advertised.</summary>
internal static class ApiHandlers
{
    public static IEnumerable<IApiHandler> All(World world) =>
    [
        .. SessionApis.All(),
        .. DataApis.All(),
        .. AdminApis.All(),
        .. GroupApis.All(world),
        .. TransactionApis.All(world),
    ];
}
