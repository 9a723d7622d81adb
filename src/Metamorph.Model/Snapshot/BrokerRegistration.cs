namespace Metamorph.Model;

/// <summary>How the controller sees a broker.</summary>
public enum BrokerRegistration
{
    /// <summary>The controller does not list it at all.</summary>
    Absent,

    /// <summary>Registered, but not serving: starting, shut down, or its session has expired.</summary>
    Fenced,

    /// <summary>Registered and serving.</summary>
    Unfenced,
}
