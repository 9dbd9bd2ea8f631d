import type { HostsProblem } from '../../contract/names.ts';
import type { BlockReading } from './edit-block.ts';

/** What is wrong with a platform's block, in sentences. */
export function blockProblems({ brokenMarkers, doubledMarkers, editedBlocks }: BlockReading): HostsProblem[] {
  const problems: HostsProblem[] = [];
  if (brokenMarkers.length > 0)
    problems.push({
      code: 'markers_broken',
      severity: 'warning',
      message: `The markers of Orion Studio were edited in ${inLines(brokenMarkers)}: what belongs to it is not certain there.`,
      fix: `Write the names again, then look at ${inLines(brokenMarkers)}: what is left there is not Orion Studio's any more and can be deleted by hand.`,
    });
  if (doubledMarkers.length > 0)
    problems.push({
      code: 'markers_doubled',
      severity: 'warning',
      message: `The block of Orion Studio is there more than once, again in ${inLines(doubledMarkers)}.`,
      fix: 'Write the names again: one block stays, and lines of others are kept.',
    });
  if (editedBlocks.length > 0)
    problems.push({
      code: 'block_edited',
      severity: 'warning',
      message: `The block that begins in ${inLines(editedBlocks)} was edited by hand.`,
      fix: 'Write the names again: lines that are not of Orion Studio are moved below the block.',
    });
  return problems;
}

function inLines(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`;
}
