namespace ProxyPortal.Components;

internal static partial class ComponentsLog
{
    [LoggerMessage(EventId = 6000, Level = LogLevel.Error, Message = "A page failed (incident {Incident}, path {Path})")]
    public static partial void PageFailed(ILogger logger, Exception exception, string incident, string path);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "The palette source {Source} could not be searched")]
    public static partial void PaletteSourceFailed(ILogger logger, Exception exception, string source);

    [LoggerMessage(EventId = 6002, Level = LogLevel.Error, Message = "Part of a page failed (incident {Incident}, component {Component}, path {Path})")]
    public static partial void ComponentFailed(ILogger logger, Exception exception, string incident, string component, string path);
}
