// One parser under a coverage-guided fuzzer: tests/fuzz.sh instruments the assemblies and starts this under afl-fuzz.
//   ProxyPortal.Fuzzing list          the names of the parsers
//   ProxyPortal.Fuzzing run NAME      reads inputs from afl-fuzz
//   ProxyPortal.Fuzzing try NAME FILE one input, to look at what was found

using ProxyPortal.Fuzzing;
using SharpFuzz;

switch (args)
{
    case ["list"]:
        Console.WriteLine(string.Join(Environment.NewLine, FuzzTargets.All.Keys));
        return 0;
    case ["run", var name] when FuzzTargets.All.TryGetValue(name, out Action<byte[]>? target):
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target(input.ToArray());
        });
        return 0;
    case ["try", var name, var file] when FuzzTargets.All.TryGetValue(name, out Action<byte[]>? target):
        target(File.ReadAllBytes(file));
        return 0;
    default:
        Console.Error.WriteLine("usage: ProxyPortal.Fuzzing list | run NAME | try NAME FILE");
        return 2;
}
