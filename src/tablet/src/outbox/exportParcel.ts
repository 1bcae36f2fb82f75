import type { Parcel } from './parcel';

/** Gives a person the exact text that was not accepted, as a file. Under its id: no name in a list of downloads. */
export function exportParcel(parcel: Parcel): void {
  const address = URL.createObjectURL(new Blob([parcel.body], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `clientvoice-${parcel.id}.json`;
  link.click();
  // After the click has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
