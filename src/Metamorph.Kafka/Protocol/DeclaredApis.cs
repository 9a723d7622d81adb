namespace Metamorph.Kafka.Protocol;

/// <summary>All APIs this build has declarations of. The list is generated from them.</summary>
public static partial class DeclaredApis
{
    private static readonly Dictionary<ApiKey, DeclaredApi> ByKey = Declared().ToDictionary(api => api.Key);

    /// <summary>The declared APIs, in the order of their keys.</summary>
    public static IReadOnlyList<DeclaredApi> All { get; } = [.. ByKey.Values.OrderBy(api => api.Key)];

    /// <summary>The API with <paramref name="key"/>; <c>null</c> when it is not declared.</summary>
    public static DeclaredApi? Find(ApiKey key) => ByKey.GetValueOrDefault(key);

    private static partial DeclaredApi[] Declared();
}
