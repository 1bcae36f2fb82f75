// Permissions to answer without a name: RFC 9474, RSABSSA-SHA384-PSS-Randomized. The tablet makes a text nobody else knows, blinds it, and has
// it signed for a client who may take part; taken out of the blinding, the signature fits a text that the service never saw. So it knows
// that an answer comes from one of those who may, once each, and not from whom.
using System.Data.Common;
using System.Security.Cryptography;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Security;

namespace ClientVoice.Conversations.Anonymous;

/// <summary>All that is known of answers without a name: a quarter (<c>2026-Q4</c>), an instrument of whatever version, a perspective, a group and a place.</summary>
internal sealed record AnonymousCohort(string Epoch, string InstrumentId, string Perspective, Guid GroupId, Guid PlaceId)
{
    /// <summary>The quarter of a day.</summary>
    public static string EpochOf(DateOnly day) => $"{day.Year:0000}-Q{((day.Month - 1) / 3) + 1}";

    /// <summary>The first day of the quarter of a day.</summary>
    public static DateOnly FirstOn(DateOnly day) => new(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1);

    /// <summary>The last day of the quarter.</summary>
    public DateOnly UntilOn => new DateOnly(int.Parse(Epoch[..4], System.Globalization.CultureInfo.InvariantCulture), (Epoch[^1] - '0') * 3, 1).AddMonths(1).AddDays(-1);
}

/// <summary>Makes the keys of cohorts, signs blindly and checks signatures.</summary>
internal sealed class AnonymousKeys(IDatabase database, Secrets secrets)
{
    // NIST SP 800-57: good until 2030; a key serves a quarter and is made when somebody first asks for it.
    private const int Bits = 2048;

    /// <summary>Bytes of a signature, and of a blinded text.</summary>
    public const int SignatureBytes = Bits / 8;

    /// <summary>The key of a cohort, made where there is none yet.</summary>
    /// <remarks>Where somebody else makes it at the same moment, theirs is found the next time round.</remarks>
    public Task<(Guid Id, byte[] Public)> OfAsync(AnonymousCohort cohort, CancellationToken cancel) => Again.WhereOneWasFirstAsync(stop => FindOrMakeAsync(cohort, stop), cancel);

    private async Task<(Guid Id, byte[] Public)> FindOrMakeAsync(AnonymousCohort cohort, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await FindAsync(connection, "Epoch = @Epoch AND InstrumentId = @InstrumentId AND Perspective = @Perspective AND GroupId = @GroupId AND PlaceId = @PlaceId", cohort, cancel) is { } there)
        {
            using var known = Open(there);
            return (there.Id, known.ExportSubjectPublicKeyInfo());
        }

        var id = RandomId();
        using var made = RSA.Create(Bits);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO AnonymousKey (Id, Epoch, InstrumentId, Perspective, GroupId, PlaceId, KeySecret) VALUES (@id, @Epoch, @InstrumentId, @Perspective, @GroupId, @PlaceId, @secret)",
            new { id, cohort.Epoch, cohort.InstrumentId, cohort.Perspective, cohort.GroupId, cohort.PlaceId, secret = secrets.Protect(SecretKind.ServiceKey, made.ExportRSAPrivateKey()) },
            cancellationToken: cancel));
        return (id, made.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The cohort of a key; null where there is no such key.</summary>
    public async Task<AnonymousCohort?> CohortAsync(Guid key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await FindAsync(connection, "Id = @key", new { key }, cancel) is { } row ? row.Cohort : null;
    }

    /// <summary>Signs what it cannot read.</summary>
    /// <exception cref="ArgumentException">It is no blinded text under this key.</exception>
    public async Task<byte[]> SignBlindlyAsync(Guid key, byte[] blinded, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await FindAsync(connection, "Id = @key", new { key }, cancel) ?? throw new ArgumentException("There is no such key.");
        using var rsa = Open(row);
        // Raw RSA, with the library's own blinding against who measures how long it takes.
        var engine = new RsaBlindedEngine();
        engine.Init(false, DotNetUtilities.GetRsaKeyPair(rsa).Private);
        try
        {
            var signed = engine.ProcessBlock(blinded, 0, blinded.Length);
            return [.. new byte[SignatureBytes - signed.Length], .. signed];
        }
        catch (Exception error) when (error is Org.BouncyCastle.Crypto.CryptoException)
        {
            throw new ArgumentException("It is no blinded text under this key.", error);
        }
    }

    /// <summary>Whether a signature is one of a key over a text.</summary>
    public async Task<bool> IsSignedAsync(Guid key, byte[] text, byte[] signature, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await FindAsync(connection, "Id = @key", new { key }, cancel) is not { } row)
        {
            return false;
        }

        using var rsa = Open(row);
        return rsa.VerifyData(text, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
    }

    /// <summary>An id that tells nothing, not even when it was made.</summary>
    public static Guid RandomId() => new(RandomNumberGenerator.GetBytes(16));

    private RSA Open(KeyRow row)
    {
        var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(secrets.OpenBytes(SecretKind.ServiceKey, row.KeySecret), out _);
        return rsa;
    }

    private static Task<KeyRow?> FindAsync(DbConnection connection, string where, object values, CancellationToken cancel) => connection.QuerySingleOrDefaultAsync<KeyRow>(new CommandDefinition(
        $"SELECT Id, Epoch, InstrumentId, Perspective, GroupId, PlaceId, KeySecret FROM AnonymousKey WHERE {where}", values, cancellationToken: cancel));

    private sealed record KeyRow
    {
        public Guid Id { get; init; }

        public string Epoch { get; init; } = "";

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public Guid GroupId { get; init; }

        public Guid PlaceId { get; init; }

        public byte[] KeySecret { get; init; } = [];

        public AnonymousCohort Cohort => new(Epoch, InstrumentId, Perspective, GroupId, PlaceId);
    }
}
