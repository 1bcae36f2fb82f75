using ClientVoice.Database;
using Microsoft.Data.SqlClient;

namespace ClientVoice.Tests.Database;

public sealed class DatabaseOptionsTests
{
    [TestCase("Server=s;Database=d", true)]
    [TestCase("Server=s;Password=EncryptMe", true)]
    [TestCase("Server=s;Encrypt=False", false)]
    [TestCase("Server=s;encrypt=true", true)]
    public void AConnectionIsEncryptedUnlessItsStringSaysOtherwise(string given, bool encrypted)
    {
        var options = new DatabaseOptions { Kind = "sqlserver", Folder = ".", ConnectionString = given };
        Assert.That((bool)new SqlConnectionStringBuilder(options.ConnectionString).Encrypt, Is.EqualTo(encrypted));
    }
}
