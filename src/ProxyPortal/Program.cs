using ProxyPortal.Hosting;

return await CommandLine.RunAsync(args);
