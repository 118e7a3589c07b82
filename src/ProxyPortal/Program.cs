using ProxyPortal.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddUserInterface();
var app = builder.Build();
app.UseAntiforgery();
app.MapUserInterface();
app.Run();
