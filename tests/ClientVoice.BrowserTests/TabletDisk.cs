using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>What somebody finds who reads the disk of a tablet without a PIN: everything in IndexedDB, the local stores and the caches.</summary>
internal static class TabletDisk
{
    // Binary as latin1, so that any readable text in it can be found; a key as what the browser lets out of it.
    private const string Read =
        """
        async () => {
          const bytes = (b) => Array.from(new Uint8Array(b), (c) => String.fromCharCode(c)).join('');
          const plain = (_, v) =>
            v instanceof ArrayBuffer ? bytes(v)
            : ArrayBuffer.isView(v) ? bytes(v.buffer)
            : v instanceof CryptoKey ? `key extractable=${v.extractable}` : v;
          const out = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
          for (const { name } of await indexedDB.databases()) {
            const db = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
            for (const store of db.objectStoreNames) {
              const all = db.transaction(store).objectStore(store);
              const get = (r) => new Promise((ok) => { r.onsuccess = () => ok(r.result); });
              const [keys, values] = await Promise.all([get(all.getAllKeys()), get(all.getAll())]);
              keys.forEach((key, i) => out.push(`${store} ${JSON.stringify(key)} ${JSON.stringify(values[i], plain)}`));
            }
            db.close();
          }
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) out.push(`${name} ${request.url}`);
          return out;
        }
        """;

    public static async Task<string> ReadAsync(IPage page) => string.Join('\n', await page.EvaluateAsync<string[]>(Read));
}
