import { useEffect, useState } from 'react';

/** The time now, in milliseconds since 1970, renewed every `everyMs`: for "3 min ago". */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
