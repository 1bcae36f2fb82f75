// Files that a tool opens by itself: a double click in place of typing an address. No key stands in them; the tool asks
// for it and keeps it in its own safe.
using System.Net;
using System.Text;
using System.Text.Json;
using ClientVoice.Feed.Request;
using ClientVoice.Outcomes;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Pages;

/// <summary>Connection files for Power BI (.pbids) and Excel (.odc).</summary>
internal static class FeedFiles
{
    /// <summary>Where the feed stands, as the person's own browser reached this service.</summary>
    public static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}{FeedRequest.Prefix}/";

    /// <summary>Power BI opens it and asks for the key and the tables.</summary>
    public static IResult PowerBi(HttpContext context) => Results.File(
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            version = "0.1",
            connections = new[] { new { details = new { protocol = "odata", address = new { url = Address(context.Request) } }, options = new { }, mode = "Import" } },
        }),
        "application/json",
        "clientvoice.pbids");

    /// <summary>Excel opens it, asks for the key, and loads one table as a query that can be refreshed.</summary>
    /// <exception cref="ProblemException">There is no such table.</exception>
    public static IResult Excel(HttpContext context, string set)
    {
        var known = PublishedModel.Sets.FirstOrDefault(s => s.Name == set) ?? throw new ProblemException(ProblemKinds.NotFound, "There is no such table in the feed.");
        return Results.File(Encoding.UTF8.GetBytes(Connection(known.Name, Formula(Address(context.Request), known.Name))), "text/x-ms-odc", $"clientvoice-{known.Name}.odc");
    }

    /// <summary>The query in Power Query's language; a quote in a text is written twice there.</summary>
    private static string Formula(string address, string set) =>
        $"""
        let
            Feed = OData.Feed("{address.Replace("\"", "\"\"", StringComparison.Ordinal)}", null, [Implementation = "2.0"]),
            Rows = Feed{"{"}[Name = "{set}", Signature = "table"]{"}"}[Data]
        in
            Rows
        """;

    // The form in which Excel itself exports a Power Query connection.
    private static string Connection(string name, string formula)
    {
        var mashup = $"""
            <Mashup xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/DataMashup"><Client>EXCEL</Client><Version>2.100.0.0</Version><MinVersion>2.21.0.0</MinVersion><Culture>nl-NL</Culture><SafeCombine>true</SafeCombine><Items><Query Name="{name}"><Formula><![CDATA[{formula}]]></Formula><IsParameterQuery xsi:nil="true" /><IsDirectQuery xsi:nil="true" /></Query></Items></Mashup>
            """;
        return $"""
            <html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
            <head>
            <meta http-equiv=Content-Type content="text/x-ms-odc; charset=utf-8">
            <meta name=ProgId content=ODC.Database>
            <meta name=SourceType content=OLEDB>
            <title>ClientVoice - {name}</title>
            <xml id=docprops><o:DocumentProperties xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><o:Name>ClientVoice - {name}</o:Name></o:DocumentProperties></xml>
            <xml id=msodc><odc:OfficeDataConnection xmlns:odc="urn:schemas-microsoft-com:office:odc" xmlns="http://www.w3.org/TR/REC-html40">
            <odc:PowerQueryConnection odc:Type="OLEDB">
            <odc:ConnectionString>Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location={name};Extended Properties=&quot;&quot;</odc:ConnectionString>
            <odc:CommandType>SQL</odc:CommandType>
            <odc:CommandText>SELECT * FROM [{name}]</odc:CommandText>
            </odc:PowerQueryConnection>
            <odc:PowerQueryMashupData>{WebUtility.HtmlEncode(mashup)}</odc:PowerQueryMashupData>
            </odc:OfficeDataConnection>
            </xml>
            </head>
            <body></body>
            </html>
            """;
    }
}
