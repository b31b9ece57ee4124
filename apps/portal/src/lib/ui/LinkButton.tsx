import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

export interface LinkButtonProps {
  to: string;
  icon?: ReactNode;
  variant?: 'filled' | 'default' | 'subtle';
  children: ReactNode;
}

/** A link that looks like a button. */
export function LinkButton({ to, icon, variant = 'default', children }: LinkButtonProps) {
  return (
    <Button component={Link} to={to} size="xs" variant={variant} leftSection={icon}>
      {children}
    </Button>
  );
}
