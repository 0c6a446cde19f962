/** Roles and what each may do. Checked in the core's pipeline only; a shell never decides. */
export const ROLES = ['owner', 'admin', 'editor', 'videographer', 'reviewer'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'public', // before anybody is signed in
  'signed-in',
  'user.manage',
  'key.read',
  'story.read',
  'story.edit',
  'media.read',
  'media.edit',
  'job.manage',
  'workspace.check',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const EVERYONE: Permission[] = ['public', 'signed-in', 'story.read', 'media.read', 'key.read', 'workspace.check'];

const GRANTS: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(PERMISSIONS),
  admin: new Set(PERMISSIONS),
  editor: new Set<Permission>([...EVERYONE, 'story.edit', 'media.edit', 'job.manage']),
  videographer: new Set<Permission>([...EVERYONE, 'media.edit', 'job.manage']),
  reviewer: new Set<Permission>(EVERYONE),
};

/** Whether a role holds a permission. `public` is granted to everybody, signed in or not. */
export function may(role: Role | null, permission: Permission): boolean {
  if (permission === 'public') return true;
  return role !== null && GRANTS[role].has(permission);
}
