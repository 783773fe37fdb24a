// Whether unsent work of proposals waits on this device, told without loading the editor that keeps it (editor/drafts.ts).

export function hasDrafts(account: string, kelurahan: string): boolean {
  const prefix = `draft.${account}.${kelurahan}.`;
  return Object.keys(localStorage).some((name) => name.startsWith(prefix));
}
