/** Models as the manual of Sequelize 6 defines them: a database for all stores, associations, JSON columns. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DataTypes, type Model, type ModelStatic, Sequelize } from 'sequelize';
import type { Link, Picture } from '../page/catalogue-locals.ts';
import type { Values } from '../page/meridian.ts';

/** `sqlite3` is no package of this project: install.ts puts it here. */
export const BASELINE_FOLDER = join(import.meta.dirname, '../.baseline');

export interface StoreModel extends Model {
  readonly id: number;
  readonly subdomain: string;
  readonly name: string;
  readonly currency: string;
  readonly locale: string;
  readonly profile: { readonly tagline: string; readonly description: string };
  readonly theme: Values;
  readonly menus: readonly MenuModel[];
}
export interface MenuModel extends Model {
  readonly handle: string;
  readonly items: readonly Link[];
}
export interface CategoryModel extends Model {
  readonly id: number;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
}
export interface ProductModel extends Model {
  readonly handle: string;
  readonly title: string;
  readonly vendor: string;
  readonly tags: readonly string[];
  readonly image: Picture | null;
  readonly variants: readonly VariantModel[];
}
export interface VariantModel extends Model {
  readonly priceMinor: number;
  readonly compareAtMinor: number | null;
  readonly stock: number;
}

export interface Models {
  readonly sequelize: Sequelize;
  readonly Store: ModelStatic<StoreModel>;
  readonly Menu: ModelStatic<MenuModel>;
  readonly Category: ModelStatic<CategoryModel>;
  readonly Product: ModelStatic<ProductModel>;
  readonly Variant: ModelStatic<VariantModel>;
}

export function defineModels(storage: string): Models {
  const sqlite3: object = createRequire(join(BASELINE_FOLDER, 'package.json'))('sqlite3');
  const sequelize = new Sequelize({ dialect: 'sqlite', storage, dialectModule: sqlite3, logging: false });
  const { STRING, TEXT, INTEGER, DATE } = DataTypes;
  const Store = sequelize.define<StoreModel>('store', {
    subdomain: { type: STRING, unique: true },
    name: STRING,
    currency: STRING,
    locale: STRING,
    profile: DataTypes.JSON,
    theme: DataTypes.JSON,
  });
  const Menu = sequelize.define<MenuModel>('menu', { handle: STRING, items: DataTypes.JSON });
  const Category = sequelize.define<CategoryModel>(
    'category',
    { handle: STRING, title: STRING, description: TEXT, position: INTEGER },
    { indexes: [{ fields: ['storeId', 'position'] }] },
  );
  const Product = sequelize.define<ProductModel>(
    'product',
    {
      ...{ handle: STRING, title: STRING, vendor: STRING, status: STRING },
      ...{ tags: DataTypes.JSON, image: DataTypes.JSON, position: INTEGER, publishedAt: DATE },
    },
    { indexes: [{ fields: ['storeId', 'status', 'position'] }, { fields: ['categoryId'] }] },
  );
  const Variant = sequelize.define<VariantModel>(
    'variant',
    { title: STRING, sku: STRING, priceMinor: INTEGER, compareAtMinor: INTEGER, stock: INTEGER, position: INTEGER },
    { indexes: [{ fields: ['productId'] }] },
  );
  Store.hasMany(Menu);
  Store.hasMany(Category);
  Store.hasMany(Product);
  Category.hasMany(Product);
  Product.hasMany(Variant);
  return { sequelize, Store, Menu, Category, Product, Variant };
}
