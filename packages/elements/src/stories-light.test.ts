import { walkStories } from './testing/walk-stories.ts';

walkStories('light');
