// Line icons, drawn for this app on a 24 grid. Always decorative: the word stands beside it or in a label.
const paths = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  speak: 'M4 10v4h4l5 4V6L8 10H4zM16.5 9a4 4 0 010 6M19 6.5a8 8 0 010 11',
  silence: 'M4 10v4h4l5 4V6L8 10H4zM17 10l4 4M21 10l-4 4',
  pause: 'M8 5v14M16 5v14',
  undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 010 10h-3',
  tip: 'M9 18h6M10 21h4M8.5 15a6 6 0 117 0c-.7.6-1 1.2-1 2h-5c0-.8-.3-1.4-1-2z',
  rest: 'M20 14.5A8.5 8.5 0 119.5 4a7 7 0 0010.5 10.5z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  sent: 'M7 18a4.5 4.5 0 01-.5-9 6 6 0 0111.5 1.5A3.8 3.8 0 0117.5 18H7zM9.5 13l2 2 3.5-3.5',
  offline: 'M4 4l16 16M7 18a4.5 4.5 0 01-.5-9M10 5.8A6 6 0 0118 10.5a3.8 3.8 0 012.6 5.6M7 18h9',
  waiting: 'M12 4a8 8 0 100 16 8 8 0 000-16zM12 8v4.5l3 2',
  comfort: 'M3 18l4.5-12L12 18M4.5 14h6M14 18l3-8 3 8M15 15.5h4',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3M12 15v2',
  out: 'M14 4H6v16h8M10 12h10M17 9l3 3-3 3',
  search: 'M11 5a6 6 0 100 12 6 6 0 000-12zM15.5 15.5L20 20',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  save: 'M12 4v10M8 10.5l4 4 4-4M5 17v3h14v-3',
  beside: 'M4 6h6v12H4zM14 6h6v12h-6z',
  table: 'M3 10h18M5 10v9M19 10v9M12 5a2 2 0 100 .1M6 7h.1M18 7h.1',
  ear: 'M8 18c0 2 3 2.500 4 .5.8-1.800 4-3.500 4-8a5 5 0 00-10 0M9 10.500a2.500 2.500 0 015 0c0 2-2 2-2 4',
  turn: 'M5 12a7 7 0 0112-5l2 2M19 4v5h-5M19 12a7 7 0 01-12 5l-2-2M5 20v-5h5',
  timer: 'M12 6a7 7 0 100 14 7 7 0 000-14zM12 9v4M9 3h6',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5M8 9h8M8 13h4',
  minus: 'M5 12h14',
  plus: 'M12 5v14M5 12h14',
  calendar: 'M5 6h14v14H5zM5 10h14M9 4v4M15 4v4',
  pencil: 'M5 19l1-4L16 5l3 3L9 18l-4 1zM14 7l3 3',
  close: 'M6 6l12 12M18 6L6 18',
  refresh: 'M19 8a7.5 7.5 0 10.5 6M19 4v4h-4',
  skip: 'M5 6l7 6-7 6zM13 6l6 6-6 6z',
  alert: 'M12 4l9 16H3zM12 10v5M12 17.5v.2',
  talk: 'M8 5h8a5 5 0 015 5v1a5 5 0 01-5 5h-3l-5 4v-4a5 5 0 01-5-5v-1a5 5 0 015-5z',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
