namespace ProxyPortal.SquidHelper.Check;

/// <summary>One line for each step: ok or failed, what, and for a failure the fix.</summary>
internal sealed class CheckReport(TextWriter output)
{
    public bool HasFailed { get; private set; }

    public void Ok(string what) => output.WriteLine($"ok      {OneLine(what)}");

    public void Failed(string what)
    {
        HasFailed = true;
        output.WriteLine($"failed  {OneLine(what)}");
    }

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
