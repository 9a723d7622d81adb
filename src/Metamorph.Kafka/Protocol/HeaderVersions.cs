namespace Metamorph.Kafka.Protocol;

/// <summary>
/// Which header goes before a body. It follows from whether the body is flexible, save for two old exceptions.
/// </summary>
public static class HeaderVersions
{
    /// <summary>The version of <c>RequestHeader</c> before a request.</summary>
    public static short OfRequest(ApiKey key, short version, bool isFlexible)
    {
        if (key == ApiKey.ControlledShutdown && version == 0)
        {
            return 0;
        }

        return (short)(isFlexible ? 2 : 1);
    }

    /// <summary>The version of <c>ResponseHeader</c> before a response.</summary>
    /// <remarks>
    /// Always 0 for ApiVersions: a client that asks in a version the broker does not know must still find the
    /// answer's first bytes where they always were (KIP-511).
    /// </remarks>
    public static short OfResponse(ApiKey key, bool isFlexible) =>
        (short)(isFlexible && key != ApiKey.ApiVersions ? 1 : 0);
}
