namespace Metamorph.Sandbox;

/// <summary>Records in and out.</summary>
internal static class DataApis
{
    public static IEnumerable<IApiHandler> All() => [];
}
