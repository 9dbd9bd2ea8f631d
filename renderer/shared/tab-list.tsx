import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './tab-list.module.css';

interface TabListProps {
  /** The tab that is shown. */
  readonly value: string;
  readonly className?: string | undefined;
  /** `Tabs.Tab`s. */
  readonly children: ReactNode;
}

/** Tabs in one line, which scrolls where there is no room for all; the one that is shown is always in sight. */
export function TabList({ value, className = '', children }: TabListProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is the trigger
  useEffect(() => {
    const shown = list.current?.querySelector<HTMLElement>('[data-active]');
    if (list.current && shown)
      list.current.scrollLeft = shown.offsetLeft - (list.current.clientWidth - shown.offsetWidth) / 2;
  }, [value]);
  return (
    <Tabs.List ref={list} className={`${classes.list} ${className}`}>
      {children}
    </Tabs.List>
  );
}
