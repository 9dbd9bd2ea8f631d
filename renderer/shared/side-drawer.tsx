import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './side-drawer.module.css';

interface SideDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Pixels; on narrower screens all there are. */
  readonly size: number;
  readonly title: string;
  /** Fills the height; `side-drawer.module.css` has the parts: a form, what scrolls, buttons below it. */
  readonly children: ReactNode;
}

/** A panel at the right for what belongs to the screen behind it. */
export function SideDrawer({ isOpen, onClose, size, title, children }: SideDrawerProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={size}
      title={title}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
        body: classes.body ?? '',
      }}
    >
      {children}
    </Drawer>
  );
}
