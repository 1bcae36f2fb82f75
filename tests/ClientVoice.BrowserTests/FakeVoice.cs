// A voice that is recorded instead of heard: what it would have said stands in a list, and it ends at once.
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

internal static class FakeVoice
{
    /// <summary>Puts it into every page of the context. <paramref name="languages"/> are the voices the device has.</summary>
    public static Task AddAsync(IBrowserContext context, params string[] languages) => context.AddInitScriptAsync(
        $$"""
        (() => {
          const said = [];
          const voices = {{System.Text.Json.JsonSerializer.Serialize(languages)}}.map(lang => ({ lang, name: lang, localService: true, default: false, voiceURI: lang }));
          class Utterance { constructor(text) { this.text = text; } }
          const synth = new EventTarget();
          let queue = [], running = false;
          const run = async () => {
            if (running) return;
            running = true;
            while (queue.length > 0) {
              const one = queue.shift();
              said.push({ text: one.text, rate: one.rate, volume: one.volume, lang: one.lang });
              one.onstart?.({});
              const word = /\S+/g;
              const first = word.exec(one.text);
              if (first) one.onboundary?.({ name: 'word', charIndex: first.index, charLength: first[0].length });
              await new Promise(resolve => setTimeout(resolve, window.slowVoice ?? 0));
              one.onend?.({});
            }
            running = false;
          };
          Object.assign(synth, { getVoices: () => voices, speak: one => { queue.push(one); void run(); }, cancel: () => { queue = []; } });
          Object.defineProperty(window, 'speechSynthesis', { value: synth });
          window.SpeechSynthesisUtterance = Utterance;
          window.said = said;
        })();
        """);

    /// <summary>Waits until something with this in it was said, after what was waited for before.</summary>
    public static async Task HeardAsync(IPage page, string part)
    {
        try
        {
            await page.WaitForFunctionAsync(
                """
                part => {
                  const from = window.heard ?? 0;
                  const at = window.said.findIndex((s, i) => i >= from && s.text.includes(part));
                  if (at >= 0) window.heard = at + 1;
                  return at >= 0;
                }
                """,
                part);
        }
        catch (TimeoutException)
        {
            var said = await page.EvaluateAsync<string>("`${window.heard} of ${window.said.map(s => s.text).join(' | ')}`");
            Assert.Fail($"'{part}' was not said; heard {said}");
        }
    }
}
