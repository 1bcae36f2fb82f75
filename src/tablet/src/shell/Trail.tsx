/** The path of a conversation as a drawing: some stones behind you, one where you are, some to come. */
export function Trail() {
  const stones: [number, number][] = [
    [90, 150],
    [230, 96],
    [370, 140],
  ];
  const ahead: [number, number][] = [
    [650, 132],
    [790, 70],
    [920, 104],
  ];
  return (
    <svg class="gate__trail" viewBox="0 0 1000 220" preserveAspectRatio="xMidYMax meet" aria-hidden="true">
      <path
        class="trail__dots"
        d="M-60 120 C20 190 60 170 90 150 S180 80 230 96 S320 160 370 140 S460 70 510 84 S600 150 650 132 S740 60 790 70 S880 130 920 104 S1000 40 1080 60"
      />
      {stones.map(([x, y]) => (
        <circle key={x} class="trail__stone trail__stone--done" cx={x} cy={y} r="14" />
      ))}
      {ahead.map(([x, y]) => (
        <circle key={x} class="trail__stone" cx={x} cy={y} r="12" />
      ))}
      <path
        class="trail__here"
        d="M510 48c22 0 38 16 38 36s-16 36-38 36h-30c-5 0-8-3-8-8V84c0-20 16-36 38-36z"
      />
    </svg>
  );
}
