using Metamorph.Model;

namespace Metamorph.Sandbox;

/// <summary>
/// What a client may do with a group, as a cluster without an authorizer answers: everything there is.
/// </summary>
internal static class GroupOperations
{
    private const int Read = 1 << 3;
    private const int Delete = 1 << 6;
    private const int Describe = 1 << 8;
    private const int DescribeConfigs = 1 << 10;
    private const int AlterConfigs = 1 << 11;

    // Groups have configs since KIP-848's dynamic ones.
    private static readonly ReleaseLine FirstWithConfigs = new(3, 9);

    public static int Of(NodeLife life, bool isAsked) => !isAsked ? int.MinValue
        : life.Profile.Line >= FirstWithConfigs ? Read | Delete | Describe | DescribeConfigs | AlterConfigs
        : Read | Delete | Describe;
}
