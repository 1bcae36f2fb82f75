// Reads the compiled types and holds the rooms to their table: a room that reaches past it fails here.
using System.Reflection;
using System.Reflection.Emit;

namespace ClientVoice.Tests;

public sealed class ArchitectureTests
{
    private static readonly string[] ForEveryone = ["Access", "Database", "Jobs", "Problems", "Shell"];

    // The table of rooms. Commands is the composition root: it puts the rooms together and may see all.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Instruments"] = [],
        ["Clients"] = ["Instruments"],
        ["Choices"] = ["Clients", "Instruments"],
        ["Conversations"] = ["Clients", "Choices", "Instruments"],
        ["Outcomes"] = ["Conversations", "Clients", "Instruments"],
        ["Feed"] = ["Outcomes"],
        ["QualityReports"] = ["Outcomes"],
    };

    private static readonly Dictionary<string, string[]> Foundations = new()
    {
        ["Access"] = ["Database", "Problems", "Shell"],
        ["Database"] = [],
        ["Jobs"] = ["Access", "Database", "Problems", "Shell"],
        ["Problems"] = [],
        ["Shell"] = ["Access", "Problems"],
    };

    private static readonly Assembly Service = typeof(ClientVoice.Shell.LocalText).Assembly;

    [Test]
    public void NoRoomReachesPastTheTable()
    {
        var wrong = new SortedSet<string>();
        foreach (var type in Service.GetTypes().Where(t => RoomOf(t) is not null and not "Commands"))
        {
            var room = RoomOf(type)!;
            string[] allowed = Foundations.TryGetValue(room, out var foundation) ? foundation : [.. MayUse[room], .. ForEveryone];
            foreach (var used in Used(type).Select(RoomOf).Where(r => r is not null && r != room && !allowed.Contains(r)))
            {
                wrong.Add($"{type.FullName} uses {used}");
            }
        }

        Assert.That(wrong, Is.Empty, "a room uses only what the table of rooms gives it");
    }

    [Test]
    public void EveryRoomStandsInTheTable() => Assert.That(
        Service.GetTypes().Select(RoomOf).OfType<string>().Distinct().Where(r => r != "Commands").Except(MayUse.Keys).Except(Foundations.Keys),
        Is.Empty,
        "a new room is added to the table first");

    [Test]
    public void TheServiceCannotReachTheClockDirectly() => Assert.That(
        Service.GetTypes().SelectMany(Methods).SelectMany(Calls)
            .Where(m => m.DeclaringType == typeof(DateTime) || m.DeclaringType == typeof(DateTimeOffset))
            .Select(m => m.Name).Where(n => n is "get_Now" or "get_UtcNow" or "get_Today"),
        Is.Empty,
        "time comes from TimeProvider, or it cannot be tested");

    private static string? RoomOf(Type type)
    {
        var parts = (type.Namespace ?? "").Split('.');
        return parts.Length > 1 && parts[0] == "ClientVoice" ? parts[1] : null;
    }

    private static IEnumerable<Type> Used(Type type)
    {
        IEnumerable<Type?> direct =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(All).Select(f => f.FieldType),
            .. type.GetProperties(All).Select(p => p.PropertyType),
            .. Methods(type).SelectMany(m => m.GetParameters().Select(p => p.ParameterType)),
            .. type.GetMethods(All).Select(m => m.ReturnType),
            .. Methods(type).SelectMany(m => m.GetMethodBody()?.LocalVariables.Select(l => l.LocalType) ?? []),
            .. Methods(type).SelectMany(Calls).Select(m => m.DeclaringType),
        ];
        return direct.OfType<Type>().SelectMany(Unfold).Distinct();
    }

    private static IEnumerable<Type> Unfold(Type type) => type.HasElementType
        ? Unfold(type.GetElementType()!)
        : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Unfold)] : [type];

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(All), .. type.GetConstructors(All)];

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    // Walks a method's instructions: a static call to another room leaves no trace in the signatures.
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var types = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var arguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)((0xFE << 8) | code[at + 1]) : code[at];
            var op = Codes[value];
            at += op.Size;
            if (op.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, at), types, arguments)!;
            }

            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
