import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconKey } from '@tabler/icons-react';
import type { TablePage } from '../../../../server/contract/backends.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import drawer from '../../../shared/side-drawer.module.css';
import { SideDrawer } from '../../../shared/side-drawer.tsx';
import { readable } from './cell-text.ts';
import classes from './table-page.module.css';

interface RowDrawerProps {
  readonly page: TablePage;
  /** Of the page's rows; null while none is open. */
  readonly index: number | null;
  readonly onShow: (index: number | null) => void;
}

/** One row from top to bottom, with every value in full. */
export function RowDrawer({ page, index, onShow }: RowDrawerProps) {
  const row = index === null ? undefined : page.rows[index];
  return (
    <SideDrawer
      isOpen={row !== undefined}
      onClose={() => onShow(null)}
      size={480}
      title={index === null ? '' : `${page.table}, row ${page.offset + index + 1}`}
    >
      {row && index !== null ? (
        <div className={drawer.scroll}>
          <div>
            <div className={classes.steps}>
              <Tooltip label="Previous row">
                <ActionIcon aria-label="Previous row" disabled={index === 0} onClick={() => onShow(index - 1)}>
                  <IconChevronUp size={16} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label="Next row">
                <ActionIcon
                  aria-label="Next row"
                  disabled={index >= page.rows.length - 1}
                  onClick={() => onShow(index + 1)}
                >
                  <IconChevronDown size={16} />
                </ActionIcon>
              </Tooltip>
            </div>
            <dl className={classes.record}>
              {page.columns.map(({ name, type, isKey }, at) => {
                const value = row[at] ?? null;
                return (
                  <div key={name}>
                    <dt>
                      <span className={classes.column}>
                        {isKey ? <IconKey size={12} role="img" aria-label="key" className={classes.key} /> : null}
                        {name}
                      </span>
                      <span className={classes.type}>{type}</span>
                    </dt>
                    <dd>
                      {value === null ? (
                        <span className={classes.null}>NULL</span>
                      ) : (
                        <>
                          <span className={classes.value}>{readable(value, type)}</span>
                          <CopyButton text={value} label={`Copy ${name}`} />
                        </>
                      )}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </div>
        </div>
      ) : null}
    </SideDrawer>
  );
}
