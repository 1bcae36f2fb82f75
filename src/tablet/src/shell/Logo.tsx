/** A speech balloon that smiles: the app's mark, and the shape every answer has. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <path
        class="logo__balloon"
        d="M23 8h18c11 0 18 8 18 18s-7 18-18 18H31L16 57c-1.500 1-3 0-3-1.500V42C7.500 39.500 5 33 5 26 5 16 12 8 23 8z"
      />
      <path class="logo__smile" d="M19 26c0 6 6 10 13 10s13-4 13-10" />
    </svg>
  );
}
