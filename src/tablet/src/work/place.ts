// Where someone is: one screen at a time.
import type { ConversationDocument } from '../conversation/document';
import type { Draft } from '../conversation/state';
import type { Instrument } from '../instrument/types';
import type { ReflectionDocument } from '../reflection/document';
import type { ReflectionPlace } from '../reflection/types';
import type { TogetherTalk } from '../together/talk';
import type { Client, Due } from './types';

export type Place =
  | { at: 'list' }
  | { at: 'outbox' }
  | { at: 'client'; client: Client }
  | { at: 'prepare'; client: Client; due: Due; instrument: Instrument; sha256: string }
  /** The end of a conversation without a name, or of one that was stopped: nothing of it is left. */
  | { at: 'unnamed'; stopped: boolean; aloud: boolean }
  | { at: 'talk'; draft: Draft; instrument: Instrument }
  | { at: 'place'; place: ReflectionPlace }
  | { at: 'reflected'; document: ReflectionDocument; instrument: Instrument; name: string }
  | { at: 'together'; talk: TogetherTalk; instrument: Instrument }
  | {
      at: 'end';
      document: ConversationDocument;
      instrument: Instrument | null;
      name: string;
      aloud: boolean;
    };
