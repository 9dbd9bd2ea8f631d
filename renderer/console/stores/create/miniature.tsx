import { readableOn } from '../../../shared/color.ts';
import { isColor } from '../colors.ts';
import classes from './miniature.module.css';
import type { NewStore } from './use-new-store.ts';

/** Where the catalogue's picture is looked at for each product. */
const CROPS = ['20% 60%', '50% 70%', '80% 60%'];

/** A drawing of the store's home page as it will be; it follows what is typed. */
export function Miniature({ store }: { readonly store: Pick<NewStore, 'form' | 'color' | 'catalogue'> }) {
  const { form, color, catalogue } = store;
  const name = form.draft.name.trim();
  const logo = form.logo.state.kind === 'accepted' ? form.logo.state.checked.preview : null;
  const shade = isColor(color) ? color : '#8d94a3';
  const picture = catalogue?.picture ?? null;
  const shown = name === '' ? 'Your store' : name;
  return (
    <figure className={classes.figure}>
      <div
        role="img"
        aria-label={`Home page of ${shown}: ${catalogue && picture ? `the goods of ${catalogue.title}` : 'no products yet'}`}
        className={classes.page}
        style={{ '--shade': shade, '--on-shade': readableOn(shade) } as React.CSSProperties}
      >
        <div className={classes.header}>
          {logo ? <img src={logo} alt="" className={classes.logo} /> : <span className={classes.name}>{shown}</span>}
          <span className={classes.links}>
            <i />
            <i />
            <i />
          </span>
          <i className={classes.cart} />
        </div>
        <div className={classes.hero} data-empty={picture === null}>
          {picture ? (
            <>
              <div className={classes.words}>
                <b>{catalogue?.description}</b>
                <i />
                <i className={classes.second} />
                <span className={classes.button}>Shop now</span>
              </div>
              <div className={classes.picture} style={{ backgroundImage: `url("${picture}")` }} />
            </>
          ) : (
            <div className={classes.words}>
              <b>{shown}</b>
              <span className={classes.first}>The first products will appear here.</span>
            </div>
          )}
        </div>
        <div className={classes.products}>
          {CROPS.map((crop) => (
            <div key={crop} className={classes.product}>
              <div
                className={classes.goods}
                style={picture ? { backgroundImage: `url("${picture}")`, backgroundPosition: crop } : {}}
              />
              <i />
              <i className={classes.second} />
            </div>
          ))}
        </div>
      </div>
      <figcaption className={classes.caption}>A drawing of the home page; the store brings its own layout.</figcaption>
    </figure>
  );
}
