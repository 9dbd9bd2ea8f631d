import { ActionIcon, NativeSelect, Title, Tooltip } from '@mantine/core';
import { IconRefresh, IconTableOff } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { Copyable } from '../../../shared/copy-button.tsx';
import { formatNumber } from '../../../shared/format.ts';
import { Page } from '../../../shared/page.tsx';
import { EmptyState, ErrorState } from '../../../shared/states.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { ProblemError } from '../../api/problem.ts';
import { useRead } from '../../api/queries.ts';
import { UnknownStore } from '../detail/unknown-store.tsx';
import { storeTabLink, tableLink } from '../store-links.ts';
import { GridSkeleton } from './grid-skeleton.tsx';
import { Pager } from './pager.tsx';
import { TableGrid } from './table-grid.tsx';
import classes from './table-page.module.css';
import { queryOf, readView, sortBy, type TableView, writeView } from './table-view.ts';

/** The rows of one table of a store, to look at. What is shown stands in the address. */
export function TablePage() {
  const { code = '', table = '' } = useParams();
  const store = useRead('getStore', { params: { code } });
  const data = useRead('storeData', { params: { code } });
  if (store.error instanceof ProblemError && store.error.status === 404) return <UnknownStore code={code} />;
  const tables = data.data?.tables ?? [];
  return (
    <Page
      title={table}
      tabTitle={`${table} · ${store.data?.name ?? code}`}
      layout="fill"
      header={
        <header className={classes.header}>
          <nav aria-label="Where this is" className={classes.trail}>
            <Link to={storeTabLink(code, 'data')}>
              <StoreBadge name={store.data?.name ?? code} color={store.data?.color ?? '#5a6070'} size="sm" />
            </Link>
            <span aria-hidden="true">/</span>
            <Link to={storeTabLink(code, 'data')}>Data</Link>
          </nav>
          <div className={classes.title}>
            <Title order={1} className={classes.name ?? ''}>
              {table}
            </Title>
            <span className={classes.muted}>read only</span>
            {data.data ? (
              <span className={classes.shell}>
                <Copyable text={data.data.shellCommand} label="Copy the command that opens a shell" />
              </span>
            ) : null}
          </div>
        </header>
      }
    >
      <div className={classes.browser}>
        <div className={classes.panes}>
          <TableList code={code} table={table} tables={tables} />
          <Rows key={`${code} ${table}`} code={code} table={table} />
        </div>
      </div>
    </Page>
  );
}

interface TableListProps {
  readonly code: string;
  readonly table: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** The store's other tables: a list at the left, or a field to choose from where there is no room. */
function TableList({ code, table, tables }: TableListProps) {
  const navigate = useNavigate();
  return (
    <>
      <nav className={classes.list} aria-label="Tables of this store">
        <ul>
          {tables.map(({ name, rows }) => (
            <li key={name}>
              <Link to={tableLink(code, name)} {...(name === table ? { 'aria-current': 'page' as const } : {})}>
                <span className="clip">{name}</span>
                <span>{formatNumber(rows)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <NativeSelect
        className={classes.choice ?? ''}
        aria-label="Table"
        value={table}
        data={tables.some(({ name }) => name === table) ? tables.map(({ name }) => name) : [table]}
        onChange={({ currentTarget }) => void navigate(tableLink(code, currentTarget.value))}
      />
    </>
  );
}

function Rows({ code, table }: { readonly code: string; readonly table: string }) {
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const page = useRead('storeTable', { params: { code, table }, query: queryOf(view) }, { keepsPrevious: true });
  const show = (next: TableView) => setParams(writeView(next));
  if (page.error && !page.isPlaceholderData && !page.data)
    return (
      <div className={classes.rows}>
        {page.error instanceof ProblemError && page.error.status === 404 ? (
          <EmptyState
            icon={<IconTableOff size={24} />}
            title={`There is no table "${table}"`}
            action={<Link to={storeTabLink(code, 'data')}>All tables of this store</Link>}
          >
            {page.error.message}
          </EmptyState>
        ) : (
          <ErrorState title="The rows could not be read" error={page.error} onRetry={() => void page.refetch()} />
        )}
      </div>
    );
  return (
    <div className={classes.rows}>
      {page.data ? (
        <TableGrid
          page={page.data}
          view={view}
          isBusy={page.isFetching && page.isPlaceholderData}
          onSort={(column) => show(sortBy(view, column))}
        />
      ) : (
        <GridSkeleton />
      )}
      <div className={classes.foot}>
        <Tooltip label="Read again">
          <ActionIcon aria-label="Read again" loading={page.isFetching} onClick={() => void page.refetch()}>
            <IconRefresh size={16} />
          </ActionIcon>
        </Tooltip>
        {page.data ? <Pager page={page.data} view={view} onShow={show} /> : null}
      </div>
    </div>
  );
}
