import type { Attention } from './ports/attention.ts';
import type { Workspace } from './workspace.ts';

/** What a browser grants by a gesture of the person's only: notifications, and headsets with buttons. */
export function createPermissions(
  attention: Attention | null,
): Pick<Workspace, 'askNotificationPermission' | 'notificationPermission' | 'connectHeadset' | 'headsets'> {
  return {
    askNotificationPermission: async () => (await attention?.askPermission?.()) ?? 'denied',
    notificationPermission: () => attention?.permission?.() ?? 'unsupported',
    connectHeadset: async () => (await attention?.connectHeadset?.()) ?? false,
    headsets: attention?.connectHeadset !== undefined,
  };
}
