using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Feed;

/// <summary>Queries as a BI tool or a person may put them together from what the feed takes: every operator and function, in each other, in every option that becomes SQL.</summary>
internal static class AnyQuery
{
    private static readonly Gen<string> Compared = Gen.Elements("eq", "ne", "gt", "ge", "lt", "le");

    /// <summary>Of rows, of rows put together, of rows that others refer to, and of each the page after some row.</summary>
    public static Gen<string> All { get; } = Gen.OneOf(
        Flag(3).Select(f => $"Outcomes?$select=Id&$filter={f}"),
        from filter in Flag(1)
        from number in Number(2)
        from text in Text(2)
        from way in Gen.Elements("", " desc")
        select $"Outcomes?$select=Id&$filter={filter}&$orderby={number}{way},{text}",
        from number in Number(2)
        from text in Text(2)
        from day in Day(1)
        select $"Outcomes?$select=A,B,C&$compute={number} as A,{text} as B,{day} as C&$filter=A gt 1 and B ne 'x'&$orderby=C desc,A",
        from filter in Flag(1)
        from words in Gen.Elements("noord", "NOT \"huis één\"", "a OR b", "wonen client")
        select $"Outcomes?$select=Id&$search={words}&$filter={filter}",
        from filter in Flag(1)
        from text in Text(1)
        from number in Number(1)
        from least in Gen.Elements("min", "max")
        select $"Outcomes?$apply=filter({filter})/compute(concat(MeasureId,{text}) as Word,{number} as Size)/groupby((Word,Perspective,Place/Kind),aggregate(Mean with {least} as M,MeasureId with countdistinct as D,$count as N))/filter(N gt 1)&$orderby=M desc",
        from filter in Flag(1)
        from which in Gen.Elements("Outcomes/any(o:o/Mean gt 50 and o/Measure/Code eq 'home')", "not Children/all(c:c/Kind eq 'location')", "Outcomes/$count gt 2", "Children/any(c:c/Outcomes/any(o:o/Suppressed))")
        from name in Gen.Elements("tolower(Name)", "length(Name)", "Children/$count", "Parent/Name")
        select $"Places?$select=Id&$filter={which} or contains(Name,'x')&$orderby={name} desc");

    private static Gen<string> Number(int depth) => depth == 0
        ? Gen.Elements("Id", "Mean", "Respondents", "ScoreSum", "10", "2.5", "-3")
        : Gen.OneOf(
            Number(0),
            from left in Number(depth - 1)
            from way in Gen.Elements("add", "sub", "mul", "div", "divby")
            from right in Number(depth - 1)
            select $"({left} {way} {right})",
            Number(depth - 1).Select(n => $"(-({n}))"),
            Gen.Elements("round", "floor", "ceiling").SelectMany(_ => Number(depth - 1), (call, n) => $"{call}({n} add 0.5)"),
            Text(depth - 1).Select(t => $"length({t})"),
            Text(depth - 1).SelectMany(_ => Text(depth - 1), (a, b) => $"indexof({a},{b})"),
            Gen.Elements("year", "month", "day").SelectMany(_ => Day(depth - 1), (call, d) => $"{call}({d})"),
            Gen.Constant("(Respondents mod 7)"),
            Number(depth - 1).Select(n => $"cast({n},Edm.Double)"));

    private static Gen<string> Text(int depth) => depth == 0
        ? Gen.Elements("MeasureId", "Perspective", "SuppressionReason", "Place/Name", "Place/Parent/Name", "Measure/Code", "Measure/Instrument/Kind", "'x'", "'it''s'", "''")
        : Gen.OneOf(
            Text(0),
            Gen.Elements("tolower", "toupper", "trim").SelectMany(_ => Text(depth - 1), (call, t) => $"{call}({t})"),
            Text(depth - 1).SelectMany(_ => Text(depth - 1), (a, b) => $"concat({a},{b})"),
            Text(depth - 1).SelectMany(_ => Gen.Elements("1", "-4", "1,2", "0,3"), (t, from) => $"substring({t},{from})"),
            Gen.Constant("cast(Respondents,Edm.String)"));

    private static Gen<string> Day(int depth) => depth == 0
        ? Gen.Elements("Period/FromOn", "Period/UntilOn", "2025-01-01", "date(now())")
        : Gen.OneOf(Day(0), Day(depth - 1).SelectMany(_ => Gen.Elements("add", "sub"), (d, way) => $"({d} {way} duration'P30D')"));

    private static Gen<string> Flag(int depth) => depth == 0
        ? Gen.Elements(
            "Suppressed", "Mean eq null", "Place ne null", "Respondents in (10,null)", "MeasureId in ('a','b')", "PlaceId eq 00000000-0000-7000-8000-000000000004", "Measure/Outcomes/any(o:o/Mean gt 5)",
            "Place/Children/all(c:c/Kind eq 'location')", "Place/ParentId eq null", "true")
        : Gen.OneOf(
            Flag(0),
            Number(depth - 1).SelectMany(_ => Compared, (n, sign) => (n, sign)).SelectMany(_ => Number(depth - 1), (left, right) => $"{left.n} {left.sign} {right}"),
            Text(depth - 1).SelectMany(_ => Compared, (t, sign) => (t, sign)).SelectMany(_ => Text(depth - 1), (left, right) => $"{left.t} {left.sign} {right}"),
            Day(depth - 1).SelectMany(_ => Compared, (d, sign) => (d, sign)).SelectMany(_ => Day(depth - 1), (left, right) => $"{left.d} {left.sign} {right}"),
            Gen.Elements("contains", "startswith", "endswith").SelectMany(_ => Text(depth - 1), (call, t) => (call, t)).SelectMany(_ => Text(depth - 1), (c, part) => $"{c.call}({c.t},{part})"),
            Flag(depth - 1).Select(f => $"not ({f})"),
            Flag(depth - 1).SelectMany(_ => Gen.Elements("and", "or"), (f, way) => (f, way)).SelectMany(_ => Flag(depth - 1), (left, right) => $"({left.f}) {left.way} ({right})"),
            Flag(depth - 1).Select(f => $"({f}) eq false"));
}
