/** The PINs a colleague would try first: all the same, or straight up or down. */
export function isEasyPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i]));
  return steps.length > 0 && steps.every((s) => s === steps[0]) && Math.abs(steps[0] ?? 0) <= 1;
}
