// What SQL Server would refuse of a text, as far as that can be told without one: its own grammar, and the names that the migrations make.
using System.Text.RegularExpressions;
using ClientVoice.Database;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ClientVoice.Tests.Database.SqlTexts;

/// <summary>Reads T-SQL with SQL Server's own grammar.</summary>
internal static partial class TransactSql
{
    // What the service calls; anything else is either not there, or of SQLite, whose functions look like any other to the grammar.
    private static readonly HashSet<string> Functions = new(
        ["ABS", "CEILING", "CHARINDEX", "COUNT", "DATEADD", "DAY", "FLOOR", "LEN", "LOWER", "MAX", "MIN", "MONTH", "NCHAR", "OBJECT_ID", "ROUND", "ROW_NUMBER", "SUBSTRING", "SUM", "TRIM", "UPPER", "YEAR"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Procedures = ["sp_getapplock", "sp_releaseapplock"];

    private static readonly Lazy<(HashSet<string> Tables, HashSet<string> Columns)> Schema = new(ReadSchema);

    /// <summary>What is not T-SQL in a script.</summary>
    public static IReadOnlyList<string> Faults(string sql)
    {
        Parse(sql, out var faults);
        return faults;
    }

    /// <summary>What is wrong with a text that the service says to a database with this schema.</summary>
    public static IReadOnlyList<string> FaultsOfStatement(string sql)
    {
        if (Parse(sql, out var faults) is not { } script || faults.Count > 0)
        {
            return faults;
        }

        var looks = new Looks();
        script.Accept(looks);
        return [.. looks.Faults(Schema.Value.Tables, Schema.Value.Columns)];
    }

    // Lists of values are written out by Dapper: `IN @ids` becomes `IN (@ids1, @ids2)`.
    private static TSqlFragment? Parse(string sql, out IReadOnlyList<string> faults)
    {
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(List().Replace(sql, "IN ($1)")), out var errors);
        faults = [.. errors.Select(e => $"line {e.Line}: {e.Message}")];
        return script;
    }

    private static (HashSet<string> Tables, HashSet<string> Columns) ReadSchema()
    {
        var made = new Made();
        // The table of migrations is made by who runs them.
        made.Tables.UnionWith(["SchemaMigration", "TABLES"]);
        made.Columns.Add("TABLE_NAME");
        foreach (var script in Migrator.All(SqlDialect.SqlServer).SelectMany(m => Inside(m.Sql).Prepend(m.Sql)))
        {
            Parse(script, out _)!.Accept(made);
        }

        return (made.Tables, made.Columns);
    }

    /// <summary>What stands in <c>EXEC(N'...')</c>.</summary>
    public static IEnumerable<string> Inside(string sql) => Executed().Matches(sql).Select(m => m.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal));

    private sealed class Made : TSqlFragmentVisitor
    {
        public HashSet<string> Tables { get; } = new(StringComparer.OrdinalIgnoreCase);

        public HashSet<string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

        public override void Visit(CreateTableStatement node) => Tables.Add(node.SchemaObjectName.BaseIdentifier.Value);

        public override void Visit(CreateViewStatement node) => Tables.Add(node.SchemaObjectName.BaseIdentifier.Value);

        public override void Visit(ColumnDefinition node) => Columns.Add(node.ColumnIdentifier.Value);

        public override void Visit(SelectScalarExpression node)
        {
            if (node.ColumnName?.Value is { } name)
            {
                Columns.Add(name);
            }
        }
    }

    private sealed class Looks : TSqlFragmentVisitor
    {
        private readonly List<string> faults = [];
        private readonly List<(string Name, bool IsTable)> asked = [];
        private readonly HashSet<string> made = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<TSqlFragment> anything = [];

        public IEnumerable<string> Faults(HashSet<string> tables, HashSet<string> columns) =>
            faults.Concat(asked.Where(a => !made.Contains(a.Name) && !(a.IsTable ? tables : columns).Contains(a.Name)).Select(a => $"there is no {(a.IsTable ? "table" : "column")} {a.Name}")).Distinct();

        public override void Visit(NamedTableReference node) => asked.Add((node.SchemaObject.BaseIdentifier.Value, true));

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier?.Identifiers is { Count: > 0 } parts)
            {
                asked.Add((parts[^1].Value, false));
            }
        }

        public override void Visit(CommonTableExpression node)
        {
            made.Add(node.ExpressionName.Value);
            made.UnionWith(node.Columns.Select(c => c.Value));
        }

        public override void Visit(SelectScalarExpression node)
        {
            if (node.ColumnName?.Value is { } name)
            {
                made.Add(name);
            }
        }

        public override void Visit(TableReferenceWithAliasAndColumns node) => made.UnionWith(node.Columns.Select(c => c.Value));

        public override void Visit(ExistsPredicate node)
        {
            if (node.Subquery.QueryExpression is QuerySpecification { SelectElements: [SelectStarExpression star] })
            {
                anything.Add(star);
            }
        }

        public override void Visit(SelectStarExpression node)
        {
            if (!anything.Contains(node))
            {
                faults.Add("it asks for whatever columns there are");
            }
        }

        public override void Visit(FunctionCall node)
        {
            if (node.CallTarget is null && !Functions.Contains(node.FunctionName.Value))
            {
                faults.Add($"there is no function {node.FunctionName.Value}");
            }
        }

        // The grammar has it already; a server before 2025 has not.
        public override void Visit(BinaryExpression node)
        {
            if (node.BinaryExpressionType == BinaryExpressionType.Concat)
            {
                faults.Add("|| joins no texts");
            }
        }

        // To the grammar a word that it does not know, at the beginning, is the name of a procedure.
        public override void Visit(ExecutableProcedureReference node)
        {
            if (!Procedures.Contains(node.ProcedureReference.ProcedureReference?.Name.BaseIdentifier.Value ?? ""))
            {
                faults.Add("it runs a procedure");
            }
        }
    }

    [GeneratedRegex(@"EXEC\(N'((?:[^']|'')*)'\)")]
    private static partial Regex Executed();

    [GeneratedRegex(@"\bIN (@\w+)")]
    private static partial Regex List();
}
