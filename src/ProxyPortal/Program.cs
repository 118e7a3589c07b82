using System.CommandLine;
using ProxyPortal.Hosting;

// The host ends itself on SIGTERM and Ctrl+C; a second handler would race with it.
return await CommandLine.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
