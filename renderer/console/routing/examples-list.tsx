import { Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { exampleGroups } from './examples.ts';
import classes from './examples-list.module.css';
import { writeWhatIf } from './what-if.ts';

interface ExamplesListProps {
  readonly stores: readonly ListedStore[];
  readonly platform: { readonly platformDomain: string; readonly port: number };
}

/** Questions to start from, made of the stores there are. */
export function ExamplesList({ stores, platform }: ExamplesListProps) {
  return (
    <div className={classes.groups}>
      {exampleGroups(stores, platform).map(({ title, examples }) => (
        <section key={title} className={classes.group} aria-label={title}>
          <Title order={2} size="h3">
            {title}
          </Title>
          <ul className={classes.list}>
            {examples.map((example) => (
              <li key={example.title}>
                <Link className={classes.example} to={{ search: writeWhatIf(example.asks) }}>
                  <span className={classes.text}>
                    <span className={classes.title}>{example.title}</span>
                    <code className={classes.url}>{example.asks.url}</code>
                    {example.asks.storeHeader ? (
                      <code className={classes.url}>X-Store-ID: {example.asks.storeHeader}</code>
                    ) : null}
                  </span>
                  <IconChevronRight size={16} aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
