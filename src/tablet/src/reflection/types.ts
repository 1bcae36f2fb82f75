import type { LastPoint } from '../conversation/state';
import type { Perspective } from '../instrument/types';
import type { WorkInstrument } from '../work/types';

export interface LastTime {
  instrument: string;
  /** Whose view: each opens with its own points. */
  perspective: Perspective;
  heldOn: string;
  points: LastPoint[];
}

/** A team or location that a group can talk about. */
export interface ReflectionPlace {
  id: string;
  kind: 'team' | 'location' | 'region';
  name: string;
  instruments: string[];
  last: LastTime[];
}

export interface ReflectionInstrument extends WorkInstrument {
  minutes: number;
}

export interface ReflectionWork {
  person: string;
  places: ReflectionPlace[];
  instruments: ReflectionInstrument[];
}
