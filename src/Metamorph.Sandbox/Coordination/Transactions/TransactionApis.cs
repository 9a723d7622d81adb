namespace Metamorph.Sandbox;

/// <summary>Producer ids and transactions.</summary>
internal static class TransactionApis
{
    public static IEnumerable<IApiHandler> All(World world) => [];
}
