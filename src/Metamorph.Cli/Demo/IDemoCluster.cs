namespace Metamorph.Cli;

/// <summary>A cluster that is made for one demo, and gone with it.</summary>
internal interface IDemoCluster : IAsyncDisposable
{
    /// <summary>Holds the run, and whatever else the cluster needs; deleted with it.</summary>
    string Folder { get; }

    /// <summary>Everything that an upgrade needs to deal with the cluster.</summary>
    ClusterSession Open();
}
