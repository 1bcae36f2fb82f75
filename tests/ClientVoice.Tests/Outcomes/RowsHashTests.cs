using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Outcomes;

public sealed class RowsHashTests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    [Test]
    public void TheHashIsTheSumOfTheHashesOfTheRowsModuloTwoToTheTwoHundredAndFiftySix() => Prop.ForAll(
        ArbMap.Default.ArbFor<(bool Comes, int Number, string Text)[]>(),
        rows =>
        {
            using var hash = new RowsHash();
            var expected = BigInteger.Zero;
            foreach (var (comes, number, text) in rows)
            {
                object?[] row = [number, text, null, comes, number / 3.0];
                var one = new BigInteger(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((object?[])["T", .. row])), isUnsigned: true, isBigEndian: true);
                if (comes)
                {
                    hash.Add("T", row);
                    expected += one;
                }
                else
                {
                    hash.Remove("T", row);
                    expected -= one;
                }
            }

            return hash.ToString() == Hex(((expected % Modulus) + Modulus) % Modulus);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void ItGoesOnWhereItWasWrittenDownAndWhatIsTakenAwayAgainLeavesNothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        ArbMap.Default.ArbFor<int[]>(),
        (before, after) =>
        {
            using var first = new RowsHash();
            Array.ForEach(before, n => first.Add("T", [n]));
            using var second = new RowsHash(first.ToString());
            Array.ForEach(after, n => second.Add("T", [n]));
            Array.ForEach([.. after.Reverse()], n => second.Remove("T", [n]));
            return second.ToString() == first.ToString();
        }).QuickCheckThrowOnFailure();

    [Test]
    public void RowsComeAndGoTogetherByTheSumOfTheirHashes() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        ArbMap.Default.ArbFor<int[]>(),
        (own, together) =>
        {
            using var some = new RowsHash();
            Array.ForEach(together, n => some.Add("T", [n]));
            using var one = new RowsHash();
            Array.ForEach([.. own, .. together], n => one.Add("T", [n]));
            using var other = new RowsHash();
            Array.ForEach(own, n => other.Add("T", [n]));
            var before = other.ToString();
            other.Add(some.ToBytes());
            var both = other.ToString();
            other.Remove(some.ToBytes());
            return both == one.ToString() && other.ToString() == before;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void NothingHasAHashOfNoughtsAndOneLessThanNothingComesBack()
    {
        using var hash = new RowsHash();
        Assert.That(hash.ToString(), Is.EqualTo(new string('0', 64)));
        hash.Remove("T", [1]);
        hash.Add("T", [1]);
        Assert.That(hash.ToString(), Is.EqualTo(new string('0', 64)));
    }

    private static string Hex(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return Convert.ToHexStringLower([.. new byte[32 - bytes.Length], .. bytes]);
    }
}
