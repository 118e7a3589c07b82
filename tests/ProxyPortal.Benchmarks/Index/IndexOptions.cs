namespace ProxyPortal.Benchmarks.Index;

/// <param name="Users">Users of the directory.</param>
/// <param name="Devices">Devices of each.</param>
/// <param name="Members">Members of the group whose change is timed.</param>
internal sealed record IndexOptions(int Users, int Devices, int Members);
