using System.Runtime.Versioning;

// Real Squid, real file modes, real signals.
[assembly: SupportedOSPlatform("linux")]
