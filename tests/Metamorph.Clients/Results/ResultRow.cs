namespace Metamorph.Clients.Results;

/// <summary>One line of the table of what was tried.</summary>
public sealed record ResultRow(string Client, string Version, string Tried, string Result);
