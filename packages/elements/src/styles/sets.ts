import { avatars } from './avatars.ts';
import { buttons } from './buttons.ts';
import { notices } from './notices.ts';
import { panels } from './panels.ts';
import { shapes } from './shapes.ts';
import { avatarColors, base, callColors, statusColors } from './tokens.ts';

/** What a panel with buttons and notes in it is drawn with. */
export const panelStyles = [base, callColors, statusColors, shapes, buttons, panels, notices];

/** A panel that shows people. */
export const peopleStyles = [...panelStyles, avatarColors, avatars];
