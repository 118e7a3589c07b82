using ProxyPortal.Hosting;

return await CommandLine.Create().Parse(args).InvokeAsync();
