using ProxyPortal.Management;

namespace ProxyPortal.Hosting;

/// <summary>Reads forms before anything else does. A body that is too large or no form would otherwise be taken for one without its
/// antiforgery token, and the answer would be wrong: 400 for what is 413. The API takes no forms
/// and says so itself.</summary>
internal static class BoundedForms
{
    public static IApplicationBuilder UseBoundedForms(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.HasFormContentType && !ManagementApi.IsMeant(context) && await FaultOfAsync(context) is { } status)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync("The form is too large, or is none.", context.RequestAborted);
            return;
        }
        await next(context);
    });

    private static async Task<int?> FaultOfAsync(HttpContext context)
    {
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
