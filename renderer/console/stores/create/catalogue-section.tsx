import { Button, Input, Skeleton } from '@mantine/core';
import type { Catalogue } from '../../../../server/contract/stores.ts';
import { count } from '../../../shared/format.ts';
import classes from './catalogue-section.module.css';
import formClasses from './create-form.module.css';
import { fieldId } from './field-id.ts';
import type { NewStore } from './use-new-store.ts';

/** What the store starts with: nothing, or the goods of a demo store. */
export function CatalogueSection({ store }: { readonly store: NewStore }) {
  const { catalogues, form, faults } = store;
  const all = catalogues.data?.catalogues ?? [];
  return (
    <fieldset className={formClasses.section}>
      <legend className={formClasses.legend}>Starting catalogue</legend>
      {catalogues.isPending ? (
        <div className={classes.cards} aria-hidden="true">
          {[1, 2, 3, 4].map((card) => (
            <Skeleton key={card} height={168} radius="md" />
          ))}
        </div>
      ) : catalogues.error ? (
        <Input.Error>
          The catalogues could not be read: the store will start empty. {catalogues.error.message}{' '}
          <Button size="compact-xs" variant="default" onClick={() => void catalogues.refetch()}>
            Try again
          </Button>
        </Input.Error>
      ) : (
        <div className={classes.cards}>
          {all.map((catalogue) => (
            <CatalogueCard
              key={catalogue.name}
              catalogue={catalogue}
              isChosen={catalogue.name === form.draft.catalogue}
              onChoose={() => form.change({ catalogue: catalogue.name })}
            />
          ))}
        </div>
      )}
      {faults.catalogue ? <Input.Error>{faults.catalogue}</Input.Error> : null}
    </fieldset>
  );
}

interface CatalogueCardProps {
  readonly catalogue: Catalogue;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function CatalogueCard({ catalogue, isChosen, onChoose }: CatalogueCardProps) {
  const { name, title, description, products, picture } = catalogue;
  return (
    <label className={classes.card} data-chosen={isChosen}>
      <input
        type="radio"
        name="catalogue"
        value={name}
        checked={isChosen}
        onChange={onChoose}
        className={classes.input}
        {...(isChosen ? { id: fieldId('catalogue') } : {})}
      />
      {picture ? (
        <img src={picture} alt="" className={classes.picture} loading="lazy" />
      ) : (
        <span className={classes.picture} data-empty="true" aria-hidden="true">
          <span />
          <span />
          <span />
        </span>
      )}
      <span className={classes.text}>
        <span className={classes.title}>
          {title}
          <span className={classes.count}>{products === 0 ? 'no products' : count(products, 'product')}</span>
        </span>
        <span className={classes.description}>{description}</span>
      </span>
    </label>
  );
}
