namespace ProxyPortal.Hosting;

/// <summary>The portal will not start; the message tells the operator what is wrong and what to do. Ends the process with exit code 1.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
