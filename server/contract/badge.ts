/** Two letters that stand for a store beside its name. */
export function badgeOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const [first = '?', second] = words;
  // By code points: a letter outside the basic plane is two units long.
  const letters = second ? `${[...first][0]}${[...second][0]}` : [...first].slice(0, 2).join('');
  return letters.toUpperCase();
}
