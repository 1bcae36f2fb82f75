using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Outcomes;

public sealed class RowsHashTests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    [Test]
    public void TheHashIsTheSumOfTheHashesOfTheRowsModuloTwoToTheTwoHundredAndFiftySix() => Prop.ForAll(
        ArbMap.Default.ArbFor<(bool Comes, int Number, NonNull<string> Text)[]>(),
        rows =>
        {
            var hash = new RowsHash();
            var expected = BigInteger.Zero;
            foreach (var (comes, number, some) in rows)
            {
                var text = some.Get;
                object?[] row = [number, text, null, comes, number / 3.0];
                var one = new BigInteger(SHA256.HashData([.. Text("T"), 3, .. BitConverter.GetBytes((long)number), .. Text(text), 0, 5, comes ? (byte)1 : (byte)0, 4, .. BitConverter.GetBytes(number / 3.0)]), isUnsigned: true, isBigEndian: true);
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

            static byte[] Text(string value) => [1, .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(value)), .. Encoding.UTF8.GetBytes(value)];
        }).QuickCheckThrowOnFailure();

    [Test]
    public void RowsThatDifferInOneValueOrInWhereAValueEndsHaveAnotherHash()
    {
        object?[][] rows =
        [
            [null], [""], ["a"], [0], [1], [1.0], [true], [Guid.Empty], ["ab", "c"], ["a", "bc"], ["abc"], [null, null], [new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
        ];
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(Of), Is.Unique);
            Assert.That(Of([1L]), Is.EqualTo(Of([1])), "a database may give it back wider");
            Assert.That(Of([-0.0]), Is.EqualTo(Of([0.0])), "a database may give it back without its sign");
        });

        static string Of(object?[] row)
        {
            var hash = new RowsHash();
            hash.Add("T", row);
            return hash.ToString();
        }
    }

    [Test]
    public void ItGoesOnWhereItWasWrittenDownAndWhatIsTakenAwayAgainLeavesNothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        ArbMap.Default.ArbFor<int[]>(),
        (before, after) =>
        {
            var first = new RowsHash();
            Array.ForEach(before, n => first.Add("T", [n]));
            var second = new RowsHash(first.ToString());
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
            var some = new RowsHash();
            Array.ForEach(together, n => some.Add("T", [n]));
            var one = new RowsHash();
            Array.ForEach([.. own, .. together], n => one.Add("T", [n]));
            var other = new RowsHash();
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
        var hash = new RowsHash();
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
