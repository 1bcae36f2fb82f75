// A parcel is one conversation on its way to the service: the exact text that is sent, never rebuilt.

export interface Fault {
  pointer: string;
  reason: string;
}

/** Why the service will not take this parcel as it is. It stays, visibly, until a person has looked. */
export interface SetAside {
  status: number;
  code: string;
  title: string;
  faults: Fault[];
}

export interface Parcel {
  id: string;
  body: string;
  sha256: string;
  clientId: string;
  clientName: string;
  choice: string | null;
  queuedAt: number;
  attempts: number;
  aside: SetAside | null;
}

export interface Receipt {
  id: string;
  sha256: string;
  storedAt: string;
  key: string;
  signature: string;
}

export interface ReceiptKey {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  y: string;
}
