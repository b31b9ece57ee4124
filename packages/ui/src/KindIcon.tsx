import {
  IconBraces,
  IconCube,
  IconDatabase,
  IconFolders,
  IconHierarchy2,
  IconServer,
  IconShape,
  IconSparkles,
  IconStack2,
  IconUser,
  IconUsersGroup,
  IconWand,
  type Icon,
} from '@tabler/icons-react';

const kindIcons: Record<string, Icon> = {
  component: IconCube,
  api: IconBraces,
  resource: IconDatabase,
  system: IconHierarchy2,
  domain: IconStack2,
  group: IconUsersGroup,
  user: IconUser,
  template: IconWand,
  location: IconFolders,
  service: IconServer,
  airesource: IconSparkles,
};

export interface KindIconProps {
  /** Kind in any case; one that is not known gets the neutral shape. */
  kind: string;
  /** Edge in pixels. */
  size?: number;
}

/** The picture of an entity kind. Always beside the kind's or the entity's name, so hidden from readers. */
export function KindIcon({ kind, size = 16 }: KindIconProps) {
  const Picture = kindIcons[kind.toLowerCase()] ?? IconShape;
  return <Picture size={size} stroke={1.6} aria-hidden focusable={false} />;
}
