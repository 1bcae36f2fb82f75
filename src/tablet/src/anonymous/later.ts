// The screens of answering without a name: most conversations have a name.
import { later } from '../shell/later';

const screens = (): Promise<typeof import('./screens')> => import('./screens');

export const NameOrNot = later(() => screens().then((s) => s.NameOrNot));
export const SendOrNot = later(() => screens().then((s) => s.SendOrNot));
export const UnnamedEnd = later(() => screens().then((s) => s.UnnamedEnd));
export const UnnamedWaiting = later(() => screens().then((s) => s.UnnamedWaiting));
