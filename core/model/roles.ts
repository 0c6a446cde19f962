/** Roles and what each may do. Checked in the core's pipeline only; a shell never decides. */
export const ROLES = ['owner', 'admin', 'editor', 'videographer', 'reviewer'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'public', // before anybody is signed in
  'signed-in',
  'user.manage',
  'key.read',
  'platform.manage', // what platforms take, for all films of the office
  'key.manage', // how the signing key is kept: the owner alone
  'story.read',
  'story.edit',
  'media.read',
  'media.edit',
  'video.edit',
  'review.submit',
  'review.act', // who may sign which stage is decided by the route
  'package.make',
  'audit.read',
  'job.manage',
  'workspace.check',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const EVERYONE: Permission[] = [
  'public',
  'signed-in',
  'story.read',
  'media.read',
  'review.act',
  'audit.read',
  'key.read',
  'workspace.check',
];
const MAKERS: Permission[] = [...EVERYONE, 'media.edit', 'video.edit', 'review.submit', 'package.make', 'job.manage'];

const GRANTS: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(PERMISSIONS),
  admin: new Set(PERMISSIONS.filter((p) => p !== 'key.manage')),
  editor: new Set<Permission>([...MAKERS, 'story.edit']),
  videographer: new Set<Permission>(MAKERS),
  reviewer: new Set<Permission>(EVERYONE),
};

/** Whether a role holds a permission. `public` is granted to everybody, signed in or not. */
export function may(role: Role | null, permission: Permission): boolean {
  if (permission === 'public') return true;
  return role !== null && GRANTS[role].has(permission);
}
