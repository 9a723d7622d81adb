namespace Metamorph.Sandbox;

/// <summary>When the active controller notices that a broker's session is over.</summary>
public enum FencingTimer
{
    /// <summary>At the last contact plus the session timeout: 3.x.</summary>
    AtDeadline,

    /// <summary>
    /// At the next look after that, of which there is one each eighth of the session timeout: from 4.0 on.
    /// </summary>
    EveryEighthOfSession,
}
