namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>How a login is written at its place.</summary>
internal enum LoginForm
{
    Plain = 0,

    /// <summary>Percent escapes are read, and nothing has to be one.</summary>
    Percent = 1,

    Url = 2,
}
