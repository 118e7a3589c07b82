using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>Words as a POSIX shell splits them (XCU 2.2, 2.3), without expansions: a <c>$</c> or backquote outside single quotes is an error.
/// Compared once by hand with bash 5.2 on fuzzed texts.</summary>
internal static class ShellReader
{
    internal static List<List<string>> Commands(string text)
    {
        List<List<string>> commands = [[]];
        StringBuilder? word = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '#' when word is null:
                    i = text.IndexOf('\n', i) - 1;
                    break;
                case ' ' or '\t' or '\n':
                    if (word is not null)
                        commands[^1].Add(word.ToString());
                    word = null;
                    if (c == '\n' && commands[^1].Count > 0)
                        commands.Add([]);
                    break;
                case '\'':
                    int end = text.IndexOf('\'', i + 1);
                    (word ??= new()).Append(text, i + 1, end - i - 1);
                    i = end;
                    break;
                case '\\':
                    (word ??= new()).Append(text[++i]);
                    break;
                case '"' or '$' or '`' or '&' or ';' or '|' or '<' or '>' or '(' or ')' or '*' or '?' or '~' or '!':
                    throw new FormatException($"{c} has a meaning of its own at {i}.");
                default:
                    (word ??= new()).Append(c);
                    break;
            }
        }
        return [.. commands.Where(command => command.Count > 0)];
    }

    /// <summary>What <c>export NAME=value</c> sets.</summary>
    internal static Dictionary<string, string> Exports(string text) => Commands(text).ToDictionary(
        command => command is ["export", string word] ? word.Split('=', 2)[0] : throw new FormatException(command[0]), command => command[1].Split('=', 2)[1]);
}
